import { createServer, isIPv6 } from 'node:net'
import { StartError } from './start-error'

/** Both as an address has them: `127.0.0.1:3000`, `[::1]:3000`. */
export function hostPort(host: string, port: number): string {
  return `${isIPv6(host) ? `[${host}]` : host}:${port}`
}

function listen(port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : port))
    })
  })
}

/** A port nobody listens on at the moment. */
export function freePort(host = '127.0.0.1'): Promise<number> {
  return listen(0, host)
}

/**
 * Makes sure that a port can be had.
 * @throws StartError that names the variable to change.
 */
export async function requirePort(port: number, host: string, variable: string): Promise<number> {
  try {
    return await listen(port, host)
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'EADDRINUSE') {
      throw new StartError(`Port ${port} is taken: set ${variable} to another one, or stop what uses it.`)
    }
    if (code === 'EACCES') {
      throw new StartError(
        `Port ${port} needs more rights than this user has: set ${variable} to one above 1023.`,
      )
    }
    throw new StartError(
      `Cannot listen on ${hostPort(host, port)} (${code}): set ${variable} or the host to another value.`,
    )
  }
}

/**
 * Makes sure that no two of these ports are one; 0 and undefined are none yet.
 * @throws StartError that names the variables
 */
export function requireDifferent(ports: Record<string, number | undefined>): void {
  const chosen = Object.entries(ports).filter(([, port]) => port)
  for (const [variable, port] of chosen) {
    const other = chosen.find(([name, same]) => name !== variable && same === port)
    if (other) {
      throw new StartError(`${variable} and ${other[0]} are both ${port}: set one of them to another port.`)
    }
  }
}

/** A port from the environment, 0 for any free one. */
export function portFrom(variable: string, fallback: number): number {
  const value = process.env[variable]
  if (value === undefined || value === '') return fallback
  if (!/^\d{1,5}$/.test(value) || Number(value) > 65535) {
    throw new StartError(
      `${variable} is not a port: set it to a number up to 65535, or leave it out for ${fallback}.`,
    )
  }
  return Number(value)
}
