import { describe, expect, it } from 'vitest';
import type { Answered } from '#test/kit/http.ts';
import { STORES } from '#test/kit/toolbox.ts';
import { orderForEachTest, STRANGER, USER } from './order.rig.ts';

const NOWHERE = '01900000-0000-7000-8000-0000000000ff';
const ANNA = { user_id: STRANGER, name: 'Anna Adams' };
/** As all users of the toolbox are called. */
const AUTHOR = { user_id: STRANGER, name: 'Test User' };

describe.each(STORES)('what staff keep with orders in %s', (store) => {
  const { service, world, place, shipped } = orderForEachTest(store);

  const asStaff = async (method: string, path: string, body?: object): Promise<Answered> =>
    service.send(method, `/api/v1/staff/orders${path}`, {
      token: await service.toolbox.tokenOf(STRANGER, 'order_manager'),
      ...(body && { body }),
    });
  const act = async (act: string, orderIds: readonly string[], more: object = {}): Promise<Answered> =>
    asStaff('POST', '/acts', { act, order_ids: orderIds, ...more });
  const listed = async (query: string): Promise<readonly string[]> => {
    const { items } = (await asStaff('GET', `?${query}`)).body as { items: readonly { order_id: string }[] };
    return items.map(({ order_id: orderId }) => orderId);
  };
  let version = 10;
  /** Places an order for the next version of the cart. */
  const placeNext = async (): Promise<string> => {
    version += 1;
    world.cart = { ...world.cart, version };
    return String((await place({ cart_version: version })).body.order_id);
  };

  it('is a list of tags, an assignee and notes, of which customers see nothing', async () => {
    const orderId = await placeNext();
    expect((await act('add_tag', [orderId], { tag: ' Gift ' })).body).toEqual({
      items: [{ order_id: orderId, status: 'done' }],
    });
    await act('assign', [orderId], { assignee: ANNA });
    const added = await asStaff('POST', `/${orderId}/notes`, { text: ' Rang twice ' });
    expect(added).toMatchObject({ status: 201, body: { text: 'Rang twice', author: AUTHOR } });

    const { status, headers, body } = await asStaff('GET', `/${orderId}`);
    expect([status, headers.get('etag')]).toEqual([200, '"1"']);
    expect(body).toMatchObject({
      order: {
        order_id: orderId,
        actions: [{ action: 'cancel' }, { action: 'change_address' }, { action: 'hold' }],
      },
      tags: ['gift'],
      assignee: ANNA,
      notes: [added.body],
    });
    const own = await service.send('GET', `/api/v1/orders/${orderId}`, {
      token: await service.toolbox.tokenOf(USER),
    });
    expect(JSON.stringify(own.body)).not.toMatch(/gift|Anna|Rang/);

    await asStaff('DELETE', `/${orderId}/notes/${String(added.body.note_id)}`);
    expect((await asStaff('DELETE', `/${orderId}/notes/${NOWHERE}`)).status).toBe(204);
    await act('remove_tag', [orderId], { tag: 'GIFT' });
    await act('unassign', [orderId]);
    expect((await asStaff('GET', `/${orderId}`)).body).toMatchObject({ tags: [], notes: [] });
  });

  it('finds orders, and is shown in lists', async () => {
    const [first, second, third] = [await placeNext(), await placeNext(), await placeNext()];
    await act('add_tag', [first, second], { tag: 'gift' });
    await act('assign', [second, third], { assignee: ANNA });
    expect(new Set(await listed('tag=Gift'))).toEqual(new Set([first, second]));
    expect(new Set(await listed(`assignee_id=${STRANGER}`))).toEqual(new Set([second, third]));
    expect(await listed(`tag=gift&assignee_id=${STRANGER}`)).toEqual([second]);
    const { body } = await asStaff('GET', '?tag=gift&sort=oldest');
    expect(body.items).toMatchObject([{ tags: ['gift'] }, { tags: ['gift'], assignee: ANNA }]);
  });

  it('has notes that mention colleagues, who find the order by it', async () => {
    const [orderId] = [await placeNext(), await placeNext()];
    const note = { text: '@Anna Adams, please call', mentions: [STRANGER.toUpperCase()] };
    const added = await asStaff('POST', `/${orderId}/notes`, note);
    expect(added).toMatchObject({ status: 201, body: { mentions: [STRANGER] } });
    await asStaff('POST', `/${orderId}/notes`, { text: 'Done' });
    const found = await asStaff('GET', `?mentioned_id=${STRANGER}`);
    expect(found.body.items).toMatchObject([{ order_id: orderId, mentions_caller: true }]);
    expect(await listed(`mentioned_id=${USER}`)).toEqual([]);
    const asColleague = await service.send('GET', '/api/v1/staff/orders', {
      token: await service.toolbox.tokenOf(USER, 'order_manager'),
    });
    expect(JSON.stringify(asColleague.body)).not.toContain('mentions_caller');
    const twice = { text: 'x', mentions: [USER, USER] };
    expect((await asStaff('POST', `/${orderId}/notes`, twice)).status).toBe(400);
    await asStaff('DELETE', `/${orderId}/notes/${String(added.body.note_id)}`);
    expect(await listed(`mentioned_id=${STRANGER}`)).toEqual([]);
  });

  it('is the same after a repeated request, and none is lost if several come at once', async () => {
    const orderId = await placeNext();
    for (let times = 0; times < 2; times += 1) await act('add_tag', [orderId], { tag: 'gift' });
    const answers = await Promise.all(
      ['a', 'b', 'c'].map((text) => asStaff('POST', `/${orderId}/notes`, { text })),
    );
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    const { body } = await asStaff('GET', `/${orderId}`);
    expect(body.tags).toEqual(['gift']);
    expect(body.notes.map(({ text }: { text: string }) => text).sort()).toEqual(['a', 'b', 'c']);
  });

  it('has a note once, however often the request is repeated', async () => {
    const orderId = await placeNext();
    const write = async (text: string): Promise<Answered> =>
      service.send('POST', `/api/v1/staff/orders/${orderId}/notes`, {
        token: await service.toolbox.tokenOf(STRANGER, 'order_manager'),
        headers: { 'idempotency-key': 'note-of-the-day' },
        body: { text },
      });
    const [first, again] = [await write('Rang twice'), await write('Rang twice')];
    expect([again.status, again.body]).toEqual([201, first.body]);
    expect((await asStaff('GET', `/${orderId}`)).body.notes).toEqual([first.body]);
    expect((await write('Rang once')).body.code).toBe('IDEMPOTENCY_KEY_REUSED');
    await asStaff('DELETE', `/${orderId}/notes/${String(first.body.note_id)}`);
    expect((await write('Rang twice')).body.code).toBe('NOTE_NOT_FOUND');
  });

  it('has notes that only their authors and administrators remove', async () => {
    const orderId = await placeNext();
    const { body: note } = await asStaff('POST', `/${orderId}/notes`, { text: 'Rang twice' });
    const remove = async (role: 'order_manager' | 'admin'): Promise<number> => {
      const token = await service.toolbox.tokenOf(USER, role);
      const path = `/api/v1/staff/orders/${orderId}/notes/${String(note.note_id)}`;
      return (await service.send('DELETE', path, { token })).status;
    };
    expect(await remove('order_manager')).toBe(403);
    expect((await asStaff('GET', `/${orderId}`)).body.notes).toEqual([note]);
    expect(await remove('admin')).toBe(204);
    expect((await asStaff('GET', `/${orderId}`)).body.notes).toEqual([]);
  });

  it('changes with the orders that take it, whatever others refuse', async () => {
    const onItsWay = await shipped();
    const pending = await placeNext();
    const { body } = await act('cancel', [onItsWay, NOWHERE, pending]);
    expect(body.items).toMatchObject([
      { order_id: onItsWay, status: 'refused', code: 'ORDER_NOT_CANCELLABLE' },
      { order_id: NOWHERE, status: 'refused', code: 'ORDER_NOT_FOUND' },
      { order_id: pending, status: 'done' },
    ]);
    expect((await act('cancel', [pending])).body.items).toMatchObject([{ status: 'done' }]);
    expect((await act('add_tag', [NOWHERE], { tag: 'x' })).body.items).toMatchObject([
      { status: 'refused', code: 'ORDER_NOT_FOUND' },
    ]);
    expect((await asStaff('GET', `/${NOWHERE}`)).status).toBe(404);
    expect((await asStaff('POST', `/${NOWHERE}/notes`, { text: 'x' })).status).toBe(404);
  });

  it('is for staff only', async () => {
    const orderId = await placeNext();
    const token = await service.toolbox.tokenOf(USER);
    for (const [method, path, body] of [
      ['GET', `/${orderId}`, undefined],
      ['POST', `/${orderId}/notes`, { text: 'x' }],
      ['POST', '/acts', { act: 'cancel', order_ids: [orderId] }],
    ] as const)
      expect(
        (await service.send(method, `/api/v1/staff/orders${path}`, { token, ...(body && { body }) })).status,
      ).toBe(403);
  });
});
