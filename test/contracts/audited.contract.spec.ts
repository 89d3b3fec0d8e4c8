import { beforeEach, describe, expect, it } from 'vitest';
import { runInAct } from '#adapters/context/act.ts';
import { memoryDocuments } from '#adapters/memory/documents.ts';
import { documentCollection, mongoDocuments } from '#adapters/mongo/aggregate-documents.ts';
import { documentTables, postgresDocuments } from '#adapters/postgres/documents.ts';
import { auditedRecords, type Audited } from '#adapters/service/audited.ts';
import type { Store, Toolbox } from '#adapters/service/module.ts';
import { memoryUnitOfWork, mongoUnitOfWork, sqlUnitOfWork } from '#adapters/service/unit-of-work.ts';
import { systemIds } from '#adapters/system/ids.ts';
import type { Documents, StoredDocument } from '#kernel/documents.ts';
import { VersionConflict, type UnitOfWork } from '#kernel/unit-of-work.ts';
import { actsIn } from '#test/kit/audit.ts';
import { openToolbox, storesWith, type TestToolbox } from '#test/kit/toolbox.ts';

interface Memo extends StoredDocument {
  readonly text: string;
  readonly tags?: Readonly<Record<string, number>>;
  readonly secret: string;
}

interface MemoTx {
  readonly memos: Documents<Memo>;
}

const KIND = 'memos';
const audited: Audited<MemoTx> = {
  service: 'desk',
  repositories: {
    memos: auditedRecords<Memo>({
      kind: 'memo',
      idOf: ({ id }) => id,
      versionOf: ({ version }) => version,
      show: ({ version, text, tags }) => (text === 'draft' ? undefined : { version, text, tags }),
    }),
  },
};

const open = (toolbox: Toolbox<Store>): UnitOfWork<MemoTx> => {
  const { store } = toolbox;
  switch (store.kind) {
    case 'memory':
      return memoryUnitOfWork(toolbox, store.database, (tx) => ({ memos: memoryDocuments<Memo>(tx, KIND) }), audited); // prettier-ignore
    case 'sql':
      return sqlUnitOfWork(toolbox, store, (tx) => ({ memos: postgresDocuments<Memo>(tx, store.schema, KIND) }), audited); // prettier-ignore
    case 'mongo':
      return mongoUnitOfWork(
        toolbox,
        store,
        (unit) => ({ memos: mongoDocuments<Memo>(unit, KIND) }),
        audited,
      );
    case 'redis':
      throw new Error('no service with acts of staff keeps its state in Redis');
  }
};

const module = {
  name: 'desk',
  migrations: [{ name: '0001', up: [...documentTables('desk', 'mark')] }],
  collections: [documentCollection(KIND)],
};

const ACT = { operation: 'changeMemo', category: 'memos', actorId: 'kim', reason: 'It was wrong' };

describe.each(storesWith('mongo'))('in %s, an act of staff', (store) => {
  let toolbox: TestToolbox<Store>;
  let unitOfWork: UnitOfWork<MemoTx>;
  let memo: Memo;

  beforeEach(async () => {
    toolbox = await openToolbox(store, module);
    unitOfWork = open(toolbox);
    memo = { id: systemIds.next(), version: 1, text: 'one', tags: { b: 1, a: 2 }, secret: 'hidden' };
    await unitOfWork.run(({ memos }) => memos.save(memo, ['a name']));
  });

  const inAct = <T>(work: (tx: MemoTx) => Promise<T>): Promise<T> =>
    runInAct(ACT, () => unitOfWork.run(work));
  const next = (changes: Partial<Memo>): Memo => ({ ...memo, version: 2, ...changes });

  it('announces who did what, why, and what of a record differs, with the change', async () => {
    await inAct(async ({ memos }) => {
      const found = await memos.byName('a name');
      expect(found).toEqual(memo);
      await memos.save(next({ text: 'two', tags: { a: 2, b: 1 }, secret: 'new' }), ['a name']);
    });
    const [event, ...others] = await toolbox.audited();
    expect(others).toEqual([]);
    expect(event).toMatchObject({ aggregate_id: memo.id, aggregate_version: 2, key: 'kim' });
    expect(event?.payload).toEqual({
      service: 'desk',
      actor_id: 'kim',
      operation: 'changeMemo',
      category: 'memos',
      reason: 'It was wrong',
      subject: { kind: 'memo', id: memo.id },
      before: { version: 1, text: 'one' },
      after: { version: 2, text: 'two' },
    });
  });

  it('announces a record that is not shown at first as a new one when it is', async () => {
    const draft = { ...memo, id: systemIds.next(), text: 'draft' };
    await inAct(({ memos }) => memos.save(draft));
    expect(await actsIn(toolbox)).toEqual([]);
    await inAct(({ memos }) => memos.save({ ...draft, version: 2, text: 'final' }));
    const after = { version: 2, text: 'final', tags: { a: 2, b: 1 } };
    expect(await actsIn(toolbox)).toEqual([{ did: 'changeMemo: memo', after }]);
  });

  it('announces what a record was that it has not read, and what a new or removed one has', async () => {
    await inAct(({ memos }) => memos.save(next({ text: 'two' })));
    await inAct(({ memos }) => memos.remove(next({ text: 'two' })));
    await inAct(({ memos }) => memos.save({ ...memo, id: systemIds.next(), text: 'other' }));
    const shown = { tags: { a: 2, b: 1 } };
    expect(await actsIn(toolbox)).toEqual([
      { did: 'changeMemo: memo', before: { version: 1, text: 'one' }, after: { version: 2, text: 'two' } },
      { did: 'changeMemo: memo', before: { version: 2, text: 'two', ...shown } },
      { did: 'changeMemo: memo', after: { version: 1, text: 'other', ...shown } },
    ]);
  });

  it('announces each change of a unit on its own', async () => {
    await inAct(async ({ memos }) => {
      await memos.save(next({ text: 'two' }));
      await memos.save({ ...next({ text: 'three' }), version: 3 });
    });
    expect((await actsIn(toolbox)).map(({ before, after }) => [before, after])).toEqual([
      [{ version: 1, text: 'one' }, { version: 2, text: 'two' }],
      [{ version: 2, text: 'two' }, { version: 3, text: 'three' }],
    ]); // prettier-ignore
  });

  it('announces nothing that does not commit: a failure, or a change of an outdated version', async () => {
    const failed = inAct(async ({ memos }) => {
      await memos.save(next({ text: 'two' }));
      throw new Error('broken');
    });
    await expect(failed).rejects.toThrow('broken');
    const outdated = inAct(({ memos }) => memos.save({ ...memo, version: 7 }));
    await expect(outdated).rejects.toThrow(VersionConflict);
    expect(await toolbox.audited()).toEqual([]);
    expect(await unitOfWork.run(({ memos }) => memos.find(memo.id))).toEqual(memo);
  });

  it('announces the size of what is too large', async () => {
    const large = 'ü'.repeat(8_200);
    await inAct(({ memos }) => memos.save(next({ text: large })));
    await inAct(({ memos }) => memos.save({ ...memo, version: 3, text: 'ü'.repeat(8_000) }));
    expect((await actsIn(toolbox)).map(({ before, after }) => [before, after])).toEqual([
      [{ version: 1, text: 'one' }, { omitted_bytes: 16_400 + '{"text":"","version":2}'.length }],
      [{ omitted_bytes: 16_400 + '{"text":"","version":2}'.length }, { version: 3, text: 'ü'.repeat(8_000) }],
    ]);
  });

  it('is none where nobody of staff acts', async () => {
    await unitOfWork.run(({ memos }) => memos.save(next({ text: 'two' })));
    await runInAct(ACT, () =>
      runInAct(undefined, () => unitOfWork.run(({ memos }) => memos.save({ ...memo, version: 3 }))),
    );
    expect(await toolbox.audited()).toEqual([]);
  });
});
