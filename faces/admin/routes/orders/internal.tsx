import { Button, CloseButton, Group, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode, SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api.ts';
import { useMay, useSession } from '../../session.ts';
import { textIn } from '../../shared/form/text-in.ts';
import { notify } from '../../shared/notify.ts';
import { Fact, Panel } from '../../shared/page.tsx';
import { problemText, refusalText } from '../../shared/problem-text.ts';
import { actOn, memberOf, type Act } from './acts.ts';
import { Tag } from './tag.tsx';
import { MOST_TAG } from './view.ts';
import './texts.ts';

/** Who takes care of an order, and its tags. */
export const Internal = ({ order, tags, assignee }: Schemas['StaffOrder']): ReactNode => {
  const { t } = useTranslation();
  const isWriter = useMay()('order:write');
  const me = memberOf(useSession());
  const queries = useQueryClient();
  const failed = (message: string): void => notify({ color: 'red', message });
  const apply = useMutation({
    scope: { id: `orders/${order.order_id}` }, // one after the other, in the order of the keys
    mutationFn: (act: Act) => actOn([order], act),
    onSuccess: async ({ refused: [refusal] }) => {
      if (refusal) failed(refusalText(refusal.code, refusal.detail, t));
      await queries.invalidateQueries({ queryKey: ['orders'] });
    },
    onError: (error) => failed(problemText(error, t)),
  });
  const isMine = assignee?.user_id === me.user_id;
  const onTag = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = event.currentTarget;
    const tag = textIn(form, 'tag').trim();
    if (tag === '') return;
    form.reset(); // at once, so that the next tag can be typed while this one is saved
    apply.mutate({ act: 'add_tag', tag });
  };
  const button = { variant: 'default', size: 'compact-sm', disabled: apply.isPending } as const;
  return (
    <Panel title={t('orders.internal.title')}>
      <Stack gap="sm">
        <Group justify="space-between" gap="xs">
          <Fact label={t('orders.internal.assignee')}>
            {assignee
              ? isMine
                ? t('orders.internal.you', assignee)
                : assignee.name
              : t('orders.internal.nobody')}
          </Fact>
          {isWriter && (
            <Group gap={4}>
              {!isMine && (
                <Button {...button} onClick={() => apply.mutate({ act: 'assign', assignee: me })}>
                  {t('orders.bulk.assign')}
                </Button>
              )}
              {assignee && (
                <Button {...button} onClick={() => apply.mutate({ act: 'unassign' })}>
                  {t('orders.bulk.unassign')}
                </Button>
              )}
            </Group>
          )}
        </Group>
        <Fact label={t('orders.internal.tags')}>
          {tags.length === 0 && t('orders.internal.noTags')}
          <Group gap={4}>
            {tags.map((tag) => (
              <Tag key={tag} tag={tag} isLink>
                {isWriter && (
                  <CloseButton
                    size={24}
                    aria-label={t('orders.internal.removeTag', { tag })}
                    onClick={() => apply.mutate({ act: 'remove_tag', tag })}
                  />
                )}
              </Tag>
            ))}
          </Group>
        </Fact>
        {isWriter && (
          <form onSubmit={onTag}>
            <TextInput
              name="tag"
              size="xs"
              aria-label={t('orders.internal.addTag')}
              placeholder={t('orders.internal.addTag')}
              autoComplete="off"
              maxLength={MOST_TAG}
            />
          </form>
        )}
        <Text size="xs" c="dimmed">
          {t('orders.internal.hint')}
        </Text>
      </Stack>
    </Panel>
  );
};
