/** The window's stylesheet: the product's calm, in the sandbox's own words. */
export const style = `
:root{color-scheme:light dark;--accent:#1f5eff;--ink:#14181f;--soft:#566070;--line:#e3e7ee;--ground:#fff;--tint:#f6f7f9;--ok:#157f4c;--wait:#8f5200;--bad:#b92525;--r:8px}
@media (prefers-color-scheme:dark){:root{--accent:#7ea6ff;--ink:#eef1f6;--soft:#a7b0be;--line:#2a303a;--ground:#12151b;--tint:#0c0e13;--ok:#4cc38a;--wait:#e0a640;--bad:#ff7b72}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
h1,h2,p,dl,dd{margin:0}
a{color:inherit;text-underline-offset:3px}
:focus-visible{outline:3px solid color-mix(in srgb,var(--accent) 50%,transparent);outline-offset:2px}
header{background:var(--tint);border-bottom:1px solid var(--line)}
.bar,main{max-width:1120px;margin:0 auto;padding:0 24px}
.bar{display:flex;flex-wrap:wrap;align-items:center;gap:4px 24px;padding-top:16px}
.name{font-weight:700;font-size:17px;text-decoration:none}
.what{color:var(--soft);font-size:14px;flex:1}
.clock{color:var(--soft);font-size:13px;font-variant-numeric:tabular-nums}
nav{display:flex;gap:4px;max-width:1120px;margin:8px auto 0;padding:0 16px;overflow-x:auto}
nav a{padding:12px 8px;color:var(--soft);text-decoration:none;border-bottom:2px solid transparent;white-space:nowrap}
nav a[aria-current]{color:var(--ink);font-weight:600;border-color:var(--accent)}
nav span{font-size:13px;font-weight:400;color:var(--soft);font-variant-numeric:tabular-nums}
main{padding-top:24px;padding-bottom:64px}
h1{font-size:22px;line-height:1.3;margin-bottom:16px;overflow-wrap:anywhere}
h2{font-size:16px;margin:32px 0 8px}
table{width:100%;border-collapse:collapse;font-size:14px}
th{font-size:13px;font-weight:400;color:var(--soft);text-align:left;padding:8px 12px}
td{overflow-wrap:anywhere;border-top:1px solid var(--line);padding:10px 12px;vertical-align:middle}
td:first-child,th:first-child{padding-left:0}
td:last-child{padding-right:0}
.amount{font-weight:600;font-variant-numeric:tabular-nums;white-space:nowrap}
.sub{color:var(--soft);font-size:13px}
.id,code{font:13px ui-monospace,SFMono-Regular,Menlo,monospace;overflow-wrap:anywhere}
time{white-space:nowrap;color:var(--soft);font-size:13px;font-variant-numeric:tabular-nums}
.mark{display:inline-block;padding:1px 8px;border-radius:6px;font-size:13px;font-weight:600;white-space:nowrap;color:var(--soft);background:color-mix(in srgb,currentColor 12%,transparent)}
.ok{color:var(--ok)}.wait{color:var(--wait)}.bad{color:var(--bad)}
.do{display:flex;gap:6px;justify-content:flex-end}
.do button{white-space:nowrap}
form{margin:0}
button,select{font:inherit;font-size:14px;min-height:32px;padding:3px 12px;color:var(--ink);background:var(--ground);border:1px solid var(--line);border-radius:var(--r)}
button{cursor:pointer}
button:hover{background:var(--tint);border-color:var(--soft)}
.tools{display:flex;flex-wrap:wrap;gap:8px;align-items:center;margin-top:32px;padding-top:16px;border-top:1px solid var(--line);color:var(--soft);font-size:14px}
.tools form{display:flex;gap:6px}
.empty{padding:48px 24px;border:1px dashed var(--line);border-radius:12px;color:var(--soft);text-align:center}
.empty strong{display:block;color:var(--ink);font-size:16px;margin-bottom:4px}
.note{padding:10px 14px;margin-bottom:16px;border:1px solid var(--line);border-left:3px solid var(--accent);border-radius:var(--r)}
pre{background:var(--tint);border:1px solid var(--line);border-radius:var(--r);padding:16px;overflow:auto;font:13px/1.5 ui-monospace,SFMono-Regular,Menlo,monospace;margin:0}
.invoice{max-width:680px}
.invoice p{margin-bottom:4px}
.invoice p:empty{display:none}
.invoice table{margin:24px 0}
.invoice td:last-child,.invoice thead th:last-child{text-align:right;padding-right:0}
.invoice tfoot th{border-top:1px solid var(--line);padding:10px 0}
@media (max-width:720px){
.bar,main{padding-left:16px;padding-right:16px}
nav{padding:0 8px;gap:0}
nav a{font-size:14px}
nav span{display:none}
.what{flex-basis:100%;order:1}
.clock{margin-left:auto}
thead{position:absolute;clip-path:inset(50%);height:1px;overflow:hidden}
tr{display:grid;grid-template-columns:1fr auto;gap:4px 12px;padding:14px 0;border-top:1px solid var(--line)}
tbody tr:first-child{border-top:0}
td,td:first-child,td:last-child{display:block;border:0;padding:0}
td.right{text-align:right}
td.wide{grid-column:1/-1}
.do{justify-content:flex-start;padding-top:6px}
.do:empty,.sub:empty{display:none}
.invoice tfoot th{border:0;padding:0}
button,select{min-height:44px;padding:8px 14px}
}
`
