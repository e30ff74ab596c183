/** The request header in which proxy.ts hands on the language it chose; a visitor's own value never gets through. */
export const localeHeader = 'x-locale'
