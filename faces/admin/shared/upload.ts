import { errorOf, ShopUnreachable } from '../api.ts';
import { askForProof } from '../proof.ts';

export interface Upload {
  readonly method: 'POST' | 'PUT';
  readonly path: string;
  readonly body: Blob;
  readonly contentType: string;
  /** Called with the share that has been sent, from 0 to 1. */
  readonly onProgress: (share: number) => void;
}

const HEADERS = ['content-type', 'retry-after'] as const;

/** `fetch` says nothing of the progress of an upload. */
const send = ({ method, path, body, contentType, onProgress }: Upload): Promise<Response> =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, path);
    request.setRequestHeader('X-Shop-Client', 'admin');
    request.setRequestHeader('Content-Type', contentType);
    request.upload.addEventListener('progress', ({ loaded, total }) =>
      onProgress(total > 0 ? loaded / total : 0),
    );
    request.addEventListener('load', () => {
      const headers = new Headers();
      for (const name of HEADERS) {
        const value = request.getResponseHeader(name);
        if (value !== null) headers.set(name, value);
      }
      resolve(new Response(request.responseText, { status: request.status, headers }));
    });
    request.addEventListener('error', () => reject(new ShopUnreachable(undefined)));
    request.send(body);
  });

/** Sends a file. The body of the answer; throws a `ShopError` or `ShopUnreachable`. */
export const upload = async (file: Upload): Promise<unknown> => {
  let response = await send(file);
  if (response.status === 401 && (await askForProof('sign-in'))) response = await send(file);
  if (!response.ok) throw await errorOf(response, new Date());
  return response.json();
};
