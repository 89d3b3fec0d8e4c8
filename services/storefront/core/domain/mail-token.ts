/** The token that was copied from a mail: alone, or with the link that it is in. */
export const mailTokenIn = (text: string): string => /#token=([\w.-]+)/.exec(text)?.[1] ?? text.trim();
