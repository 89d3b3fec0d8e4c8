export interface Init {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Keeps cookies and asks for pages, as the browser of one person does; follows no redirect by itself. */
export interface Browser {
  readonly jar: Map<string, string>;
  /** @param url may be relative to the origin */
  readonly go: (url: string, init?: Init) => Promise<Response>;
}

export const openBrowser = (origin: string): Browser => {
  const jar = new Map<string, string>();
  const go = async (url: string, init: Init = {}): Promise<Response> => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { accept: 'text/html', cookie, ...init.headers };
    const response = await fetch(new URL(url, origin), { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const at = pair.indexOf('=');
      if (/Expires=Thu, 01 Jan 1970/.test(line)) jar.delete(pair.slice(0, at));
      else jar.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return response;
  };
  return { jar, go };
};

export const locationOf = (response: Response): string => response.headers.get('location') ?? '';
