import { Anchor, Text, Timeline } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api.ts';
import { useMay } from '../../session.ts';
import { Panel } from '../../shared/page.tsx';
import { useFormat } from '../../shared/use-format.ts';

type Order = Schemas['Order'];

/** The timeline with what happened to cases, the latest first. */
const historyOf = ({ timeline, cases = [] }: Order) =>
  [
    ...timeline.map((entry) => ({ ...entry, kind: undefined })),
    ...cases.flatMap(({ kind, history }) =>
      history.map(({ at, what, actor }) => ({ at, detail: what, actor, kind, correlation_id: undefined })),
    ),
  ]
    .toReversed()
    .sort((one, other) => (one.at < other.at ? 1 : one.at > other.at ? -1 : 0));

export const History = ({ order }: { readonly order: Order }): ReactNode => {
  const { t } = useTranslation();
  const { moment } = useFormat();
  const entries = historyOf(order);
  return (
    <Panel title={t('order.history')}>
      <Timeline
        active={entries.length}
        bulletSize={12}
        lineWidth={2}
        styles={{ item: { paddingBottom: 0 }, itemBody: { marginTop: -4 } }}
        className="timeline"
      >
        {entries.map((entry, index) => {
          const about = `${moment(entry.at)}${entry.actor ? ` · ${t(`actor.${entry.actor.kind}`)}` : ''}`;
          return (
            <Timeline.Item
              key={`${entry.at}-${entries.length - index}`}
              {...(entry.kind === undefined ? {} : { color: 'red' })}
              title={
                <Text size="sm">
                  {entry.kind !== undefined && `${t(`case.title_${entry.kind}`)}: `}
                  {entry.detail}
                </Text>
              }
            >
              <Text size="xs" c="dimmed" component="div">
                {entry.correlation_id === undefined ? (
                  about
                ) : (
                  <details>
                    <summary>{about}</summary>
                    <Cause id={entry.correlation_id} />
                  </details>
                )}
              </Text>
            </Timeline.Item>
          );
        })}
      </Timeline>
    </Panel>
  );
};

/** The request that caused an entry, by which logs, traces and the audit trail name it. */
const Cause = ({ id }: { readonly id: string }): ReactNode => {
  const { t } = useTranslation();
  const may = useMay();
  return (
    <div>
      {t('audit.request')}: <span className="mono">{id}</span>
      {may('user:read') && (
        <>
          {' · '}
          <Anchor
            size="xs"
            underline="always"
            renderRoot={(props) => <Link to="/audit" search={{ correlation: id }} {...props} />}
          >
            {t('audit.allOfRequest')}
          </Anchor>
        </>
      )}
    </div>
  );
};
