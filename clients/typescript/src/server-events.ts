/** A server-sent event, as far as the shop uses it; a sign of life has no data. */
export interface ServerEvent {
  readonly id: string;
  readonly event: string;
  readonly data: string | undefined;
}

/** Events end at an empty line; what is cut off is dropped, since it comes again. */
export async function* serverEvents(
  body: ReadableStream<Uint8Array>,
): AsyncGenerator<ServerEvent, void, undefined> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let buffer = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      buffer += decoder.decode(value, { stream: true });
      const blocks = buffer.split(/\r?\n\r?\n/);
      buffer = blocks.pop() ?? '';
      for (const block of blocks) {
        const fields = new Map(block.split(/\r?\n/).map((line) => field(line)));
        yield {
          id: fields.get('id') ?? '',
          event: fields.get('event') ?? 'message',
          data: fields.get('data'),
        };
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined); // it may have broken already
  }
}

const field = (line: string): [string, string] => {
  const [, name = '', value = ''] = /^([^:]*): ?(.*)$/.exec(line) ?? [];
  return [name, value];
};
