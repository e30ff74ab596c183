import type { Outgoing } from '../http/request'
import type { World } from '../world'
import { type Html, html } from './html'

export type Tab = { path: string; title: string; count: (world: World) => number }

export const tabs: readonly Tab[] = [
  { path: '/', title: 'Payments', count: (world) => world.store.count('payment_intent') },
  { path: '/sessions', title: 'Sessions', count: (world) => world.store.count('session') },
  { path: '/events', title: 'Events', count: (world) => world.store.count('event') },
  { path: '/deliveries', title: 'Deliveries', count: (world) => world.store.count('delivery') },
  { path: '/calls', title: 'Calls', count: (world) => world.store.count('call') },
]

/** A moment of the sandbox's clock, in seconds; UTC, because the server does not know the reader's zone. */
export function moment(seconds: number): Html {
  const iso = new Date(seconds * 1000).toISOString()
  return html`<time datetime="${iso}">${iso.slice(5, 10)} ${iso.slice(11, 19)}</time>`
}

export function mark(text: string, tone: 'ok' | 'wait' | 'bad' | 'plain' = 'plain'): Html {
  return html`<span class="mark ${tone}">${text.replaceAll('_', ' ')}</span>`
}

/** A button that does something and comes back to where it was pressed. */
export function action(label: string, path: string, back: string, fields: Record<string, string> = {}): Html {
  const inputs = Object.entries({ back, ...fields }).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  )
  return html`<form method="post" action="/actions/${path}">${inputs}<button>${label}</button></form>`
}

export function objectLink(id: string, text: string = id): Html {
  return html`<a href="/objects/${encodeURIComponent(id)}" class="${text === id ? 'id' : ''}">${text}</a>`
}

export function empty(title: string, hint: string): Html {
  return html`<div class="empty"><strong>${title}</strong>${hint}</div>`
}

function clockTools(back: string): Html {
  return html`<div class="tools"><span>Move the clock forward</span>
<form method="post" action="/actions/clock"><input type="hidden" name="back" value="${back}">
<select name="advance" aria-label="How far"><option value="180">3 minutes</option><option value="3600">1 hour</option><option value="86400">1 day</option><option value="604800">1 week</option></select>
<button>Advance</button></form></div>`
}

/** A whole document in the window's look, closed to everything that is not its own. */
export function documentOf(title: string, body: Html, status = 200): Outgoing {
  const document = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${title} · Sandbox</title><link rel="stylesheet" href="/window.css"><link rel="icon" href="data:,"></head>
<body>${body}</body></html>`
  return {
    status,
    body: document.markup,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'content-security-policy':
        "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    },
  }
}

/** A whole page of the window. */
export function page(world: World, path: string, title: string, body: Html, problem?: string): Outgoing {
  const links = tabs.map(
    (tab) =>
      html`<a href="${tab.path}" ${tab.path === path && html`aria-current="page"`}>${tab.title} <span>${tab.count(world)}</span></a>`,
  )
  const whole = html`<header><div class="bar"><a class="name" href="/">Sandbox</a><p class="what">A stand-in for Stripe. No money moves here.</p><p class="clock">Clock ${moment(world.clock.seconds())} UTC</p></div>
<nav aria-label="Sandbox">${links}</nav></header>
<main><h1>${title}</h1>${problem && html`<p class="note" role="alert">${problem}</p>`}${body}${clockTools(path)}</main>`
  return documentOf(title, whole, problem ? 400 : 200)
}
