import { Alert, Anchor, Breadcrumbs, Button, Grid, Stack, Text } from '@mantine/core';
import { IconKeyOff, IconUserCheck, IconUserOff, IconUserShield } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { createLazyRoute, Link } from '@tanstack/react-router';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay, useSession } from '../../session.ts';
import { Page, Panel } from '../../shared/page.tsx';
import { CardsSkeleton, Shown } from '../../shared/shown.tsx';
import { Account, AccountStatus, Sessions } from '../users/account.tsx';
import { fullName } from '../users/full-name.ts';
import type { Act } from '../users/dialogs.tsx';
import { userQuery, type User } from '../users/users-query.ts';
import { staffRolesOf } from '../users/view.ts';
import '../customers/texts.ts';

const Dialogs = lazy(() => import('../users/dialogs.tsx'));

const Detail = (): ReactNode => {
  const { userId } = Route.useParams();
  const query = useQuery(userQuery(userId));
  return (
    <Shown query={query} skeleton={<CardsSkeleton />}>
      {(user) => <Member key={user.user_id} user={user} />}
    </Shown>
  );
};

const Member = ({ user }: { readonly user: User }): ReactNode => {
  const { t } = useTranslation();
  const may = useMay();
  const session = useSession();
  const [act, setAct] = useState<Act>();
  const isOwn = session.user.user_id === user.user_id;
  const isActive = user.status !== 'deactivated';
  const roles = staffRolesOf(user.roles);
  return (
    <Page
      title={fullName(user)}
      above={
        <Breadcrumbs fz="sm" mb="xs" component="nav" aria-label={t('breadcrumbs')}>
          <Anchor size="sm" renderRoot={(props) => <Link to="/staff" {...props} />}>
            {t('menu.staff')}
          </Anchor>
          <Text size="sm" c="dimmed" truncate maw={260}>
            {user.email}
          </Text>
        </Breadcrumbs>
      }
      beside={<AccountStatus user={user} />}
      actions={
        may('user:write') &&
        !isOwn && (
          <>
            <Button
              variant="default"
              leftSection={<IconKeyOff size={16} />}
              onClick={() => setAct({ kind: 'resetFactors' })}
            >
              {t('staff.resetFactors.open')}
            </Button>
            <Button
              variant="default"
              leftSection={isActive ? <IconUserOff size={16} /> : <IconUserCheck size={16} />}
              onClick={() => setAct({ kind: isActive ? 'deactivate' : 'reactivate' })}
            >
              {t(`customers.${isActive ? 'deactivate' : 'reactivate'}.open`)}
            </Button>
            <Button leftSection={<IconUserShield size={16} />} onClick={() => setAct({ kind: 'roles' })}>
              {t('staff.changeRoles.open')}
            </Button>
          </>
        )
      }
    >
      {isOwn && (
        <Alert color="blue" mb="md">
          {t('staff.own')}
        </Alert>
      )}
      <Grid gap="md">
        <Grid.Col span={{ base: 12, md: 8 }}>
          <Stack gap="md">
            <Panel title={t('staff.roles')}>
              {roles.length === 0 ? (
                <Text size="sm" c="dimmed">
                  {t('staff.noRoles')}
                </Text>
              ) : (
                <Stack gap="sm">
                  {roles.map((role) => (
                    <Stack key={role} gap={0}>
                      <Text size="sm" fw={500}>
                        {t(`role.${role}`)}
                      </Text>
                      <Text size="sm" c="dimmed">
                        {t(`staff.roleText.${role}`)}
                      </Text>
                    </Stack>
                  ))}
                </Stack>
              )}
            </Panel>
            <Sessions user={user} act={setAct} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 4 }}>
          <Account user={user}>
            <Anchor
              size="sm"
              renderRoot={(props) => <Link to="/audit" search={{ actor: user.user_id }} {...props} />}
            >
              {t('staff.whatTheyDid')}
            </Anchor>
          </Account>
        </Grid.Col>
      </Grid>
      {act && (
        <Suspense>
          <Dialogs act={act} user={user} close={() => setAct(undefined)} />
        </Suspense>
      )}
    </Page>
  );
};

export const Route = createLazyRoute('/shell/staff/$userId')({ component: Detail });
