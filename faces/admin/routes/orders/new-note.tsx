import { Button, Stack, Textarea } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api.ts';
import { useSession } from '../../session.ts';
import { LeaveGuard } from '../../shared/form/leave-guard.tsx';
import { notify } from '../../shared/notify.ts';
import { problemText } from '../../shared/problem-text.ts';
import type { Member } from './acts.ts';
import { completed, mentionsIn, typedBefore } from './mentions.ts';
import { colleaguesQuery } from './orders-query.ts';

const MOST = 2_000;
const TYPING_MS = 150;

const draftOf = (text: string) => ({ text, key: crypto.randomUUID() });

/** Writes a note. A name after `@` mentions a colleague: Enter takes the first one found. */
export const NewNote = ({ orderId }: { readonly orderId: string }): ReactNode => {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const field = useRef<HTMLTextAreaElement>(null);
  // A text that is sent again has the same key, and is stored once.
  const [{ text, key }, setDraft] = useState(() => draftOf(''));
  const [caret, setCaret] = useState(0);
  const [chosen, setChosen] = useState<readonly Member[]>([]);
  const { found, dismiss } = useColleagues(typedBefore(text, caret));
  /** Where the caret goes once the text is there. */
  const moveTo = useRef<number>(undefined);
  useEffect(() => {
    if (moveTo.current === undefined) return;
    field.current?.focus();
    field.current?.setSelectionRange(moveTo.current, moveTo.current);
    moveTo.current = undefined;
  }, [text]);

  const mutationKey = ['orders', 'add note', orderId];
  const add = useMutation({
    mutationKey,
    mutationFn: () => {
      const mentions = mentionsIn(text, chosen);
      return api.POST('/api/v1/staff/orders/{order_id}/notes', {
        params: { path: { order_id: orderId }, header: { 'Idempotency-Key': key } },
        body: { text: text.trim(), ...(mentions.length > 0 ? { mentions } : {}) },
      });
    },
    onSuccess: async () => {
      setDraft(draftOf(''));
      setChosen([]);
      await queries.invalidateQueries({ queryKey: ['orders', 'one', orderId] });
    },
    onError: (error) => notify({ color: 'red', message: problemText(error, t) }),
  });
  const onSubmit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    // At once, unlike `isPending`: a second press comes before the next render.
    if (text.trim() !== '' && queries.isMutating({ mutationKey }) === 0) add.mutate();
  };
  const take = (member: Member): void => {
    const next = completed(text, caret, member);
    moveTo.current = next.caret;
    setDraft(draftOf(next.text));
    setCaret(next.caret);
    setChosen((before) => [...before, member]);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    const [first] = found;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.form?.requestSubmit();
    else if (event.key === 'Enter' && first) {
      event.preventDefault();
      take(first);
    } else if (event.key === 'Escape') dismiss();
  };
  return (
    <form onSubmit={onSubmit}>
      <LeaveGuard isUnsaved={() => text.trim() !== ''} />
      <Stack gap="xs" align="flex-start">
        <Textarea
          ref={field}
          w="100%"
          label={t('orders.internal.note')}
          description={t('orders.internal.noteHint')}
          autosize
          minRows={2}
          maxRows={12}
          maxLength={MOST}
          value={text}
          readOnly={add.isPending}
          onChange={({ currentTarget: { value, selectionStart } }) => {
            setDraft(draftOf(value));
            setCaret(selectionStart);
          }}
          onSelect={({ currentTarget: { selectionStart } }) => setCaret(selectionStart)}
          onKeyDown={onKeyDown}
        />
        <div aria-live="polite">
          {found.length > 0 && (
            <Stack gap={2} role="group" aria-label={t('orders.internal.colleagues')}>
              {found.map((member) => (
                <Button
                  key={member.user_id}
                  variant="subtle"
                  size="compact-sm"
                  justify="flex-start"
                  onClick={() => take(member)}
                >
                  @{member.name}
                </Button>
              ))}
            </Stack>
          )}
        </div>
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

const MOST_FOUND = 6;

/** Other members of staff whose names begin like this; none if it is undefined, or once they are dismissed. */
const useColleagues = (name: string | undefined) => {
  const { user } = useSession();
  const [asked] = useDebouncedValue(name, TYPING_MS);
  const [dismissed, setDismissed] = useState<string>();
  const { data = [] } = useQuery({ ...colleaguesQuery(asked ?? ''), enabled: asked !== undefined });
  const isSought = name !== undefined && name === asked && name !== dismissed;
  return {
    found: isSought ? data.filter(({ user_id: id }) => id !== user.user_id).slice(0, MOST_FOUND) : [],
    dismiss: () => setDismissed(name),
  };
};
