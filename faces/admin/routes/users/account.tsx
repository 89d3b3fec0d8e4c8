import { Anchor, Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../session.ts';
import { Fact, Panel } from '../../shared/page.tsx';
import { Shown } from '../../shared/shown.tsx';
import { useFormat } from '../../shared/use-format.ts';
import { deviceOf } from './device.ts';
import type { Act } from './dialogs.tsx';
import { sessionsQuery, type User } from './users-query.ts';
import { staffRolesOf } from './view.ts';
import '../customers/texts.ts';

export const AccountStatus = ({ user }: { readonly user: User }): ReactNode => {
  const { t } = useTranslation();
  const status = user.status ?? 'active';
  return <Badge color={status === 'active' ? 'teal' : 'gray'}>{t(`customers.status.${status}`)}</Badge>;
};

export const RoleBadges = ({ user }: { readonly user: User }): ReactNode => {
  const { t } = useTranslation();
  return (
    <Group gap={4}>
      {staffRolesOf(user.roles).map((role) => (
        <Badge key={role} color="indigo">
          {t(`role.${role}`)}
        </Badge>
      ))}
    </Group>
  );
};

interface AccountProps {
  readonly user: User;
  readonly children?: ReactNode;
}

/** What the account itself says. */
export const Account = ({ user, children }: AccountProps): ReactNode => {
  const { t } = useTranslation();
  const { moment } = useFormat();
  const may = useMay();
  return (
    <Panel title={t('customers.account')}>
      <Stack gap="sm">
        <Fact label={t('customers.email')}>
          <Anchor
            size="sm"
            href={`mailto:${encodeURIComponent(user.email)}`}
            style={{ overflowWrap: 'anywhere' }}
          >
            {user.email}
          </Anchor>
          <Text size="xs" c="dimmed">
            {user.email_verified === true ? t('customers.verified') : t('customers.unverified')}
          </Text>
        </Fact>
        <Fact label={t('customers.since')}>{moment(user.created_at)}</Fact>
        <Fact label={t('customers.updated')}>{moment(user.updated_at)}</Fact>
        {children}
        <Anchor
          size="sm"
          renderRoot={(props) => <Link to="/audit" search={{ subject: user.user_id }} {...props} />}
        >
          {t('customers.audit')}
        </Anchor>
        {may('notification:read') && (
          <Anchor
            size="sm"
            renderRoot={(props) => <Link to="/mails" search={{ customer: user.user_id }} {...props} />}
          >
            {t('mails.ofCustomer')}
          </Anchor>
        )}
      </Stack>
    </Panel>
  );
};

interface SessionsProps {
  readonly user: User;
  readonly act: (act: Act) => void;
}

/** Where the account is logged in. */
export const Sessions = ({ user, act }: SessionsProps): ReactNode => {
  const { t } = useTranslation();
  const { ago, moment } = useFormat();
  const query = useQuery(sessionsQuery(user.user_id));
  const others = query.data?.filter(({ is_current: isCurrent }) => !isCurrent) ?? [];
  return (
    <Panel
      title={t('customers.sessions')}
      aside={
        others.length > 1 && (
          <Button size="compact-sm" variant="default" onClick={() => act({ kind: 'endSessions' })}>
            {t('customers.endSessions.open')}
          </Button>
        )
      }
    >
      <Shown query={query} skeleton={<Text size="sm">…</Text>}>
        {(sessions) =>
          sessions.length === 0 ? (
            <Text size="sm" c="dimmed">
              {t('customers.noSessions')}
            </Text>
          ) : (
            <Stack gap="sm">
              {sessions.map((session) => (
                <Group key={session.session_id} justify="space-between" gap="xs" wrap="nowrap">
                  <Stack gap={0} miw={0}>
                    <Text size="sm" truncate title={session.device}>
                      {deviceOf(session.device) || t('customers.unknownDevice')}
                    </Text>
                    <Text size="xs" c="dimmed" title={moment(session.last_used_at)}>
                      {session.is_current
                        ? t('customers.thisSession')
                        : t('customers.lastUsed', { when: ago(session.last_used_at) })}
                    </Text>
                  </Stack>
                  {!session.is_current && (
                    <Button
                      size="compact-sm"
                      variant="default"
                      style={{ flex: 'none' }}
                      onClick={() => act({ kind: 'endSession', session })}
                    >
                      {t('customers.endSession.open')}
                    </Button>
                  )}
                </Group>
              ))}
            </Stack>
          )
        }
      </Shown>
    </Panel>
  );
};
