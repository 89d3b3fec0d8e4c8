import { Badge, Button, CloseButton, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type Schemas } from '../../api.ts';
import { useMay, useSession } from '../../session.ts';
import { notify } from '../../shared/notify.ts';
import { Panel } from '../../shared/page.tsx';
import { problemText } from '../../shared/problem-text.ts';
import { useFormat } from '../../shared/use-format.ts';
import { NewNote } from './new-note.tsx';
import './texts.ts';

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
            isForMe={note.mentions?.includes(user.user_id) === true}
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
  /** Whether it mentions the user. */
  readonly isForMe: boolean;
}

const NoteText = ({ orderId, note, isRemovable, isForMe }: NoteTextProps): ReactNode => {
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
        {isForMe && <Badge color="blue">{t('orders.mentionsYou')}</Badge>}
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
