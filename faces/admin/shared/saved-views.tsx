import { ActionIcon, Button, Group } from '@mantine/core';
import { IconBookmarkPlus, IconUsers, IconX } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { defaultParseSearch, defaultStringifySearch, Link } from '@tanstack/react-router';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../api.ts';
import { notify } from './notify.ts';
import { notifyUndo } from './notify-undo.tsx';
import { problemText } from './problem-text.ts';
import { storeView, viewsQuery, type SavedView } from './saved-views-query.ts';

const SaveViewDialog = lazy(() => import('./save-view-dialog.tsx'));

/** A view begins with the first page of its list. */
const queryOf = ({ after: _, ...search }: Readonly<Record<string, unknown>>): string =>
  defaultStringifySearch(search).replace(/^\?/, '');

interface SavedViewsProps {
  /** The name of the list. */
  readonly list: string;
  /** The search parameters of the list as it is shown. */
  readonly search: Readonly<Record<string, unknown>>;
}

/** What staff have saved of a list, each as a link; what is shown now can be saved as well. */
export const SavedViews = ({ list, search }: SavedViewsProps): ReactNode => {
  const { t } = useTranslation();
  const { data } = useQuery(viewsQuery(list));
  const [isSaving, setSaving] = useState(false);
  const remove = useRemove(list);
  const views = data?.items ?? [];
  const shown = queryOf(search);
  const current = views.find(({ query }) => query === shown);
  const canSave = shown !== '' && current === undefined;
  if (views.length === 0 && !canSave) return null;
  return (
    <Group gap="xs">
      {views.length > 0 && (
        <nav className="views" aria-label={t('views.saved')}>
          {views.map((view) => (
            <Link
              key={view.view_id}
              to="."
              search={defaultParseSearch(view.query)}
              aria-current={view === current ? 'page' : undefined}
            >
              {view.name}
              {view.is_shared && (
                <IconUsers
                  size={12}
                  role="img"
                  aria-label={t('views.shared')}
                  style={{ marginInlineStart: 6 }}
                />
              )}
            </Link>
          ))}
        </nav>
      )}
      {current?.is_own === true && (
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('views.remove', { name: current.name })}
          loading={remove.isPending}
          onClick={() => remove.mutate(current)}
        >
          <IconX size={14} />
        </ActionIcon>
      )}
      {canSave && (
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconBookmarkPlus size={14} />}
          onClick={() => setSaving(true)}
        >
          {t('views.save')}
        </Button>
      )}
      {isSaving && (
        <Suspense>
          <SaveViewDialog list={list} query={shown} close={() => setSaving(false)} />
        </Suspense>
      )}
    </Group>
  );
};

const useRemove = (list: string) => {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const refresh = (): Promise<void> => queries.invalidateQueries({ queryKey: viewsQuery(list).queryKey });
  const failed = (error: unknown): void => notify({ color: 'red', message: problemText(error, t) });
  const restore = useMutation({ mutationFn: storeView, onError: failed, onSettled: refresh });
  return useMutation({
    mutationFn: ({ view_id: id }: SavedView) =>
      api.DELETE('/api/v1/staff/views/{view_id}', { params: { path: { view_id: id } } }),
    onSuccess: (_, view) =>
      notifyUndo({
        message: t('views.removed', { name: view.name }),
        label: t('act.undo'),
        undo: () => restore.mutate(view),
      }),
    onError: failed,
    onSettled: refresh,
  });
};
