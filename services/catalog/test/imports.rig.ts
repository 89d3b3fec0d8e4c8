import type { Role } from '#adapters/auth/principal.ts';
import { JobRunner } from '#adapters/jobs/job-runner.ts';
import type { Answered, TestService } from '#test/kit/http.ts';
import type { Store } from '#adapters/service/module.ts';
import { JOB_SLOTS } from '#kernel/jobs.ts';

type Service = Pick<TestService<Store>, 'send' | 'attachments' | 'toolbox'>;

interface Rejected {
  readonly line: number;
  readonly errors: readonly object[];
}

/** What tests ask of the imports of a service. */
export const importsOf = (service: Service, ...roles: readonly Role[]) => {
  const ask = async (
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answered> =>
    service.send(method, `/api/v1/imports${path}`, {
      token: await service.toolbox.tokenOf('u-1', 'catalog_manager', ...roles),
      ...(body === undefined ? {} : { body }),
      headers,
    });

  /** Does all jobs that wait, as the runner of the service would. */
  const work = async (): Promise<void> => {
    for (const runner of service.attachments)
      if (runner instanceof JobRunner)
        for (let slot = 0; slot < JOB_SLOTS; slot += 1) await runner.runSlot(slot);
  };

  const put = (id: string, part: number, bytes: string | Uint8Array): Promise<Answered> =>
    ask('PUT', `/${id}/parts/${part}`, bytes, { 'content-type': 'application/octet-stream' });

  const upload = async (
    file: string | Uint8Array,
    settings: object = {},
    partBytes = Infinity,
  ): Promise<string> => {
    const made = await ask('POST', '', { file_name: 'products.csv', ...settings });
    const id = String(made.body.import_id);
    const bytes = typeof file === 'string' ? Buffer.from(file) : file;
    for (let at = 0; at === 0 || at < bytes.length; at += partBytes)
      await put(id, at === 0 ? 0 : at / partBytes, bytes.subarray(at, at + partBytes));
    return id;
  };

  const check = async (id: string, mapping?: object): Promise<Answered> => {
    const begun = await ask('POST', `/${id}/check`, mapping === undefined ? {} : { mapping });
    if (begun.status !== 202) return begun;
    await work();
    return ask('GET', `/${id}`);
  };

  const start = async (id: string): Promise<Answered> => {
    const begun = await ask('POST', `/${id}/start`);
    if (begun.status !== 202) return begun;
    await work();
    return ask('GET', `/${id}`);
  };

  return {
    ask,
    work,
    put,
    upload,
    check,
    start,
    /** Uploads, checks and starts. */
    importFile: async (file: string | Uint8Array, settings: object = {}): Promise<Answered> => {
      const id = await upload(file, settings);
      const checked = await check(id);
      return checked.body.state === 'checked' ? start(id) : checked;
    },
    rejected: async (id: string): Promise<readonly Rejected[]> =>
      (await ask('GET', `/${id}/rows?limit=100`)).body.items as readonly Rejected[],
  };
};
