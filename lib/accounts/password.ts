/** Length is what makes a password hard to guess (NIST SP 800-63B); nothing else is asked of it. */
export const passwordLength = { minimum: 12, maximum: 256 }
