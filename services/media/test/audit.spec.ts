import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runInAct } from '#adapters/context/act.ts';
import { actsIn, auditedOperations, operationsIn } from '#test/kit/audit.ts';
import { START } from '#test/kit/toolbox.ts';
import { makeAnnounce, makeComplete } from '../core/application/store-media.ts';
import { incomingOf } from '../core/application/tools.ts';
import { media as module } from '../main/module.ts';
import { DRAWING, picture } from './media.mother.ts';
import { MEDIA, mediaForEachTest, newFolder, OWNER, sha256Of } from './media.rig.ts';
import { openTools, valueOf } from './tools.rig.ts';

const WHOLE = 'completeUpload';

describe('the audit trail', () => {
  const media = mediaForEachTest();
  const remove = async (mediaId: unknown, token: string): Promise<number> => {
    const headers = { 'audit-reason': 'blurred' };
    return (await media.send('DELETE', `${MEDIA}/${String(mediaId)}`, { token, headers })).status;
  };

  it('has each file that staff add and delete, with whose it was and why it went', async () => {
    const token = await media.as('kim', 'catalog_manager', 'moderator');
    const drawing = await media.upload(DRAWING, { purpose: 'product', token });
    const review = await media.upload(await picture(), { token: await media.as(OWNER) });
    expect(await remove(drawing.body.media_id, token)).toBe(204);
    expect(await remove(review.body.media_id, token)).toBe(204);
    const own = {
      version: 2,
      ownerId: 'kim',
      purpose: 'product',
      status: 'ready',
      sha256: sha256Of(DRAWING),
    };
    const theirs = { ...own, ownerId: OWNER, purpose: 'review', sha256: sha256Of(await picture()) };
    expect(await actsIn(media.toolbox)).toEqual([
      { did: 'uploadMedia: media', after: own },
      { did: 'deleteMedia: media', before: own },
      { did: 'deleteMedia: media', before: theirs },
    ]);
    const [, gone] = await media.toolbox.audited();
    expect(gone?.payload).toMatchObject({ actor_id: 'kim', category: 'media', reason: 'blurred' });
    expect(await operationsIn(media.toolbox)).toEqual(
      auditedOperations(module).filter((one) => one !== WHOLE),
    );
  });

  it('has nothing of what customers do, or of what is refused', async () => {
    const token = await media.as(OWNER);
    const { body } = await media.upload(await picture(), { token });
    expect(await remove(body.media_id, token)).toBe(204);
    expect(await media.upload('text', { token: await media.as('kim', 'catalog_manager') })).toMatchObject({ status: 415 }); // prettier-ignore
    expect(await media.toolbox.audited()).toEqual([]);
  });

  it('has what staff send to the object storage, once it is checked', async () => {
    const { tools, toolbox, blobs, bytes, sha256 } = await openTools();
    const direct = { permit: () => Promise.resolve({ url: '', headers: {}, expiresAt: START }) };
    const act = (operation: string) => ({ operation, category: 'media', actorId: 'kim', reason: undefined });
    const announced = { type: 'image/jpeg', bytes: bytes.length, sha256 };
    const draft = { ownerId: 'kim', purpose: 'product', isUnlimited: true } as const;
    const { asset } = valueOf(
      await runInAct(act('createUpload'), () => makeAnnounce(tools, direct)(draft, announced)),
    );
    expect(await toolbox.audited()).toEqual([]);
    const path = join(await newFolder(), 'sent');
    await writeFile(path, bytes);
    await blobs.put(incomingOf(asset.id), path, '');
    await runInAct(act(WHOLE), () => makeComplete(tools, direct)(asset.id, 'kim'));
    const after = { version: 3, ownerId: 'kim', purpose: 'product', status: 'ready', sha256 };
    expect(await actsIn(toolbox)).toEqual([{ did: `${WHOLE}: media`, after }]);
  });
});
