import { Button, CloseButton, Group, Stack, Text, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type Schemas } from '../../api.ts';
import { useMay, useSession } from '../../session.ts';
import { LeaveGuard } from '../../shared/form/leave-guard.tsx';
import { notify } from '../../shared/notify.ts';
import { Panel } from '../../shared/page.tsx';
import { problemText } from '../../shared/problem-text.ts';
import { useFormat } from '../../shared/use-format.ts';

const MOST = 2_000;

/** What staff have written about an order. */
export const Notes = ({ order, notes }: Pick<Schemas['StaffOrder'], 'order' | 'notes'>): ReactNode => {
  const { t } = useTranslation();
  const may = useMay();
  const isWriter = may('order:write');
  const { user } = useSession();
  const mayRemove = ({ author }: Schemas['Note']): boolean =>
    author.user_id === user.user_id || may('user:write'); // an administrator
  return (
    <Panel title={t('orders.internal.notes')}>
      <Stack gap="md">
        {notes.length === 0 && (
          <Text size="sm" c="dimmed">
            {t('orders.internal.noNotes')}
          </Text>
        )}
        {notes.map((note) => (
          <NoteText
            key={note.note_id}
            orderId={order.order_id}
            note={note}
            isRemovable={isWriter && mayRemove(note)}
          />
        ))}
        {isWriter && <NewNote orderId={order.order_id} />}
      </Stack>
    </Panel>
  );
};

interface NoteTextProps {
  readonly orderId: string;
  readonly note: Schemas['Note'];
  readonly isRemovable: boolean;
}

const NoteText = ({ orderId, note, isRemovable }: NoteTextProps): ReactNode => {
  const { t } = useTranslation();
  const { moment } = useFormat();
  const queries = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const remove = useMutation({
    mutationFn: () =>
      api.DELETE('/api/v1/staff/orders/{order_id}/notes/{note_id}', {
        params: { path: { order_id: orderId, note_id: note.note_id } },
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['orders', 'one', orderId] }),
    onError: (error) => notify({ color: 'red', message: problemText(error, t) }),
  });
  const at = moment(note.at);
  return (
    <Stack gap={4} component="article">
      <Group justify="space-between" gap="xs" wrap="nowrap">
        <Text size="xs" c="dimmed">
          {note.author.name} · <time dateTime={note.at}>{at}</time>
        </Text>
        {isRemovable && !isAsking && (
          <CloseButton
            size={24}
            aria-label={t('orders.internal.removeNote', { at })}
            onClick={() => setAsking(true)}
          />
        )}
      </Group>
      <Text size="sm" className="as-typed">
        {note.text}
      </Text>
      {isAsking && (
        <Group gap="xs">
          <Text size="sm">{t('orders.internal.removeAsk')}</Text>
          <Button size="compact-sm" color="red" loading={remove.isPending} onClick={() => remove.mutate()}>
            {t('orders.internal.removeYes')}
          </Button>
          <Button size="compact-sm" variant="default" autoFocus onClick={() => setAsking(false)}>
            {t('orders.internal.removeNo')}
          </Button>
        </Group>
      )}
    </Stack>
  );
};

const draftOf = (text: string) => ({ text, key: crypto.randomUUID() });

const NewNote = ({ orderId }: { readonly orderId: string }): ReactNode => {
  const { t } = useTranslation();
  const queries = useQueryClient();
  // A text that is sent again has the same key, and is stored once.
  const [{ text, key }, setDraft] = useState(() => draftOf(''));
  const mutationKey = ['orders', 'add note', orderId];
  const add = useMutation({
    mutationKey,
    mutationFn: () =>
      api.POST('/api/v1/staff/orders/{order_id}/notes', {
        params: { path: { order_id: orderId }, header: { 'Idempotency-Key': key } },
        body: { text: text.trim() },
      }),
    onSuccess: async () => {
      setDraft(draftOf(''));
      await queries.invalidateQueries({ queryKey: ['orders', 'one', orderId] });
    },
    onError: (error) => notify({ color: 'red', message: problemText(error, t) }),
  });
  const onSubmit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    // At once, unlike `isPending`: a second press comes before the next render.
    if (text.trim() !== '' && queries.isMutating({ mutationKey }) === 0) add.mutate();
  };
  return (
    <form onSubmit={onSubmit}>
      <LeaveGuard isUnsaved={() => text.trim() !== ''} />
      <Stack gap="xs" align="flex-start">
        <Textarea
          w="100%"
          label={t('orders.internal.note')}
          description={t('orders.internal.noteHint')}
          autosize
          minRows={2}
          maxRows={12}
          maxLength={MOST}
          value={text}
          readOnly={add.isPending}
          onChange={(event) => setDraft(draftOf(event.currentTarget.value))}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey))
              event.currentTarget.form?.requestSubmit();
          }}
        />
        <Button
          type="submit"
          variant="default"
          size="xs"
          disabled={text.trim() === ''}
          loading={add.isPending}
        >
          {t('orders.internal.addNote')}
        </Button>
      </Stack>
    </form>
  );
};
