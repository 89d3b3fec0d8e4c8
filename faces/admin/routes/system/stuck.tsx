import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../session.ts';
import { Panel } from '../../shared/page.tsx';
import { RowsSkeleton, Shown } from '../../shared/shown.tsx';
import { useFormat } from '../../shared/use-format.ts';
import type { Act } from './acts.tsx';
import { lettersQuery, tasksQuery, type Letter, type Task } from './system-query.ts';

interface StuckProps {
  readonly service: string;
  readonly act: (act: Act) => void;
}

/** The kinds of dead letters: by consumer and type. */
const kindsOf = (letters: readonly Letter[]): ReadonlyMap<string, readonly Letter[]> =>
  Map.groupBy(letters, ({ consumer, event_type: type }) => `${consumer} ${type}`);

export const DeadLetters = ({ service, act }: StuckProps): ReactNode => {
  const { t } = useTranslation();
  const may = useMay();
  const query = useInfiniteQuery(lettersQuery(service));
  return (
    <Panel title={t('system.lettersOf', { service })}>
      <Shown query={query} skeleton={<RowsSkeleton rows={2} />}>
        {({ pages }) => (
          <Stack gap="md">
            {[...kindsOf(pages.flatMap(({ items }) => items))].map(([kind, letters]) => (
              <Stack key={kind} gap="xs">
                {letters.length > 1 && may('operations:write') && (
                  <Group>
                    <Button
                      size="compact-sm"
                      variant="default"
                      onClick={() => act({ kind: 'redrive', service, letters })}
                    >
                      {t('system.redrive.all', { count: letters.length, type: letters[0]?.event_type })}
                    </Button>
                  </Group>
                )}
                {letters.map((letter) => (
                  <DeadLetter
                    key={`${letter.consumer} ${letter.event_id}`}
                    service={service}
                    letter={letter}
                    act={act}
                  />
                ))}
              </Stack>
            ))}
            {pages.every(({ items }) => items.length === 0) && <Text size="sm">{t('system.noLetters')}</Text>}
            {query.hasNextPage && (
              <Group justify="center">
                <Button
                  variant="default"
                  size="compact-sm"
                  loading={query.isFetchingNextPage}
                  onClick={() => void query.fetchNextPage()}
                >
                  {t('act.showMore')}
                </Button>
              </Group>
            )}
          </Stack>
        )}
      </Shown>
    </Panel>
  );
};

const DeadLetter = ({ service, letter, act }: StuckProps & { readonly letter: Letter }): ReactNode => {
  const { t } = useTranslation();
  const { ago, moment } = useFormat();
  const may = useMay();
  return (
    <article
      className="surface"
      style={{ padding: 12 }}
      aria-label={`${letter.event_type} ${letter.event_id}`}
    >
      <Group justify="space-between" align="flex-start" gap="xs">
        <Stack gap={2} style={{ minWidth: 0, flex: '1 1 240px' }}>
          <Group gap="xs">
            <Text size="sm" fw={600} className="mono">
              {letter.event_type}
            </Text>
            <Badge color="gray">{letter.consumer}</Badge>
          </Group>
          <Text size="sm" c="var(--mantine-color-error)" style={{ overflowWrap: 'anywhere' }}>
            {letter.error}
          </Text>
          <Text size="xs" c="dimmed">
            <time dateTime={letter.parked_at} title={moment(letter.parked_at)}>
              {ago(letter.parked_at)}
            </time>
            {' · '}
            <span className="mono">{letter.event_id}</span>
          </Text>
        </Stack>
        {may('operations:write') && (
          <Group gap="xs">
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => act({ kind: 'discard', service, letters: [letter] })}
            >
              {t('system.discard.open')}
            </Button>
            <Button size="compact-sm" onClick={() => act({ kind: 'redrive', service, letters: [letter] })}>
              {t('system.redrive.open')}
            </Button>
          </Group>
        )}
      </Group>
      <Payload label={t('system.payload')} data={letter.payload} />
    </article>
  );
};

interface PayloadProps {
  readonly label: string;
  readonly data: unknown;
}

export const Payload = ({ label, data }: PayloadProps): ReactNode => (
  <details style={{ marginTop: 8 }}>
    <summary style={{ cursor: 'pointer', fontSize: 13 }}>{label}</summary>
    <pre
      className="mono"
      tabIndex={0}
      role="group"
      aria-label={label}
      style={{ margin: '8px 0 0', maxHeight: 320, overflow: 'auto', fontSize: 12 }}
    >
      {typeof data === 'string' ? data : JSON.stringify(data, null, 2)}
    </pre>
  </details>
);

interface TasksProps extends StuckProps {
  /** The beginning of their keys. */
  readonly about?: string | undefined;
}

/** @param about when given, nothing is shown if there are none */
export const FailingTasks = ({ service, act, about }: TasksProps): ReactNode => {
  const { t } = useTranslation();
  const query = useQuery(tasksQuery(service, about));
  if (about !== undefined && (query.data?.items.length ?? 0) === 0) return null;
  return (
    <Panel title={t('system.tasksOf', { service })}>
      <Shown query={query} skeleton={<RowsSkeleton rows={2} />}>
        {({ items, more }) => (
          <Stack gap="xs">
            {items.map((task) => (
              <FailingTask key={task.key} service={service} task={task} act={act} />
            ))}
            {items.length === 0 && <Text size="sm">{t('system.noTasks')}</Text>}
            {more && (
              <Text size="sm" c="dimmed">
                {t('system.more')}
              </Text>
            )}
          </Stack>
        )}
      </Shown>
    </Panel>
  );
};

const FailingTask = ({ service, task, act }: StuckProps & { readonly task: Task }): ReactNode => {
  const { t } = useTranslation();
  const { moment } = useFormat();
  const may = useMay();
  return (
    <article className="surface" style={{ padding: 12 }} aria-label={`${task.kind} ${task.key}`}>
      <Group justify="space-between" align="flex-start" gap="xs">
        <Stack gap={2} style={{ minWidth: 0, flex: '1 1 240px' }}>
          <Group gap="xs">
            <Text size="sm" fw={600} className="mono">
              {task.kind}
            </Text>
            <Badge color="gray">{t('system.attempts', { count: task.attempts })}</Badge>
          </Group>
          <Text size="sm" c="var(--mantine-color-error)" style={{ overflowWrap: 'anywhere' }}>
            {task.error}
          </Text>
          <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            {t('system.next', { at: moment(task.next_at) })} · <span className="mono">{task.key}</span>
          </Text>
        </Stack>
        {may('operations:write') && (
          <Button size="compact-sm" onClick={() => act({ kind: 'run', service, tasks: [task] })}>
            {t('system.run.open')}
          </Button>
        )}
      </Group>
    </article>
  );
};
