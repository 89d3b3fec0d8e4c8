import { ActionIcon, Alert, Box, Button, Code, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { createLazyRoute } from '@tanstack/react-router';
import { Suspense, useState, type ReactNode, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { signOut, useSession } from '../../session.ts';
import { textIn } from '../../shared/form/text-in.ts';
import { notify } from '../../shared/notify.ts';
import { Page, Panel } from '../../shared/page.tsx';
import { canUsePasskeys, isGivenUp } from '../../shared/passkeys.ts';
import { problemText } from '../../shared/problem-text.ts';
import { CardsSkeleton, Shown } from '../../shared/shown.tsx';
import { useFormat } from '../../shared/use-format.ts';
import {
  addPasskey,
  beginApp,
  confirmApp,
  FACTORS,
  factorsQuery,
  removeApp,
  removePasskey,
  replaceCodes,
  type AppKey,
  type Factors as FactorsOf,
  type RecoveryCodes,
} from './account-query.ts';
import { QrCode } from './qr-code.tsx';
import './texts.ts';

const MOST_NAME = 60;
const QR_PIXELS = 228;

interface PartProps {
  readonly userId: string;
  readonly factors: FactorsOf;
  /** Called with codes that are shown only now. */
  readonly onCodes: (codes: RecoveryCodes) => void;
}

/** Does something with the factors, says so, and shows them as they are then. */
const useAct = (onCodes: PartProps['onCodes']) => {
  const { t } = useTranslation();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ act }: { readonly act: () => Promise<unknown>; readonly done?: string }) => act(),
    onSuccess: async (codes, { done }) => {
      if (done !== undefined) notify({ color: 'teal', message: done });
      if (Array.isArray(codes) && codes.length > 0) onCodes(codes as RecoveryCodes);
      await queries.invalidateQueries({ queryKey: [FACTORS] });
    },
    onError: (error) => {
      if (!isGivenUp(error)) notify({ color: 'red', message: problemText(error, t) });
    },
  });
};

/** How the user signs in. It needs no role, as staff without a second factor may have none yet. */
const Account = (): ReactNode => {
  const { t } = useTranslation();
  const { user, provider } = useSession();
  return (
    <Page title={t('menu.security')}>
      <Stack gap="md" maw={640}>
        <Text size="sm" c="dimmed">
          {t('account.lead')} {user.email}
        </Text>
        {provider === undefined ? <Factors /> : <Text>{t('account.atProvider')}</Text>}
      </Stack>
    </Page>
  );
};

const Factors = (): ReactNode => {
  const { t } = useTranslation();
  const { user, permissions } = useSession();
  const query = useQuery(factorsQuery);
  const [codes, setCodes] = useState<RecoveryCodes>();
  return (
    <Shown query={query} skeleton={<CardsSkeleton />}>
      {(factors) => (
        <>
          {factors.is_required && permissions.length === 0 && (
            <Alert color="yellow" role="status">
              <Stack gap="xs" align="flex-start">
                {t('account.required')}
                {(factors.totp || factors.passkeys.length > 0) && (
                  <Button
                    size="compact-sm"
                    onClick={() => void signOut().then(() => globalThis.location.assign('/admin/sign-in'))}
                  >
                    {t('account.signInAgain')}
                  </Button>
                )}
              </Stack>
            </Alert>
          )}
          {codes && <Codes codes={codes} close={() => setCodes(undefined)} />}
          <Passkeys userId={user.user_id} factors={factors} onCodes={setCodes} />
          <App userId={user.user_id} factors={factors} onCodes={setCodes} />
          {(factors.totp || factors.passkeys.length > 0) && (
            <CodesLeft userId={user.user_id} factors={factors} onCodes={setCodes} />
          )}
        </>
      )}
    </Shown>
  );
};

const Codes = ({
  codes,
  close,
}: {
  readonly codes: RecoveryCodes;
  readonly close: () => void;
}): ReactNode => {
  const { t } = useTranslation();
  return (
    <Alert color="teal" title={t('account.codes')} role="status">
      <Stack gap="sm" align="flex-start">
        {t('account.codesShown')}
        <Code block>{codes.join('\n')}</Code>
        <Button size="compact-sm" onClick={close}>
          {t('account.codesKept')}
        </Button>
      </Stack>
    </Alert>
  );
};

const Passkeys = ({ userId, factors: { passkeys }, onCodes }: PartProps): ReactNode => {
  const { t } = useTranslation();
  const { ago } = useFormat();
  const act = useAct(onCodes);
  const add = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = event.currentTarget;
    const name = textIn(form, 'name').trim();
    if (name !== '')
      act.mutate(
        { act: () => addPasskey(userId, name), done: t('account.passkeyAdded') },
        { onSuccess: () => form.reset() },
      );
  };
  return (
    <Panel title={t('account.passkeys')}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {t('account.passkeysHint')}
        </Text>
        {passkeys.length === 0 && <Text size="sm">{t('account.noPasskeys')}</Text>}
        {passkeys.map(({ passkey_id: id, name, added_at: addedAt }) => (
          <Group key={id} justify="space-between" wrap="nowrap">
            <Stack gap={0} miw={0}>
              <Text size="sm" fw={600} truncate>
                {name}
              </Text>
              <Text size="xs" c="dimmed">
                {t('account.added', { when: ago(addedAt) })}
              </Text>
            </Stack>
            <ActionIcon
              variant="subtle"
              color="gray"
              loading={act.isPending}
              onClick={() => act.mutate({ act: () => removePasskey(userId, id), done: t('account.removed') })}
              aria-label={t('account.remove', { name })}
            >
              <IconTrash size={16} />
            </ActionIcon>
          </Group>
        ))}
        {canUsePasskeys() ? (
          <form onSubmit={add}>
            <Group align="flex-end" gap="xs">
              <TextInput
                name="name"
                flex={1}
                label={t('account.name')}
                placeholder={t('account.nameHint')}
                maxLength={MOST_NAME}
                required
              />
              <Button type="submit" loading={act.isPending}>
                {t('account.add')}
              </Button>
            </Group>
          </form>
        ) : (
          <Text size="sm">{t('account.unsupported')}</Text>
        )}
      </Stack>
    </Panel>
  );
};

const App = ({ userId, factors: { totp: isSetUp }, onCodes }: PartProps): ReactNode => {
  const { t } = useTranslation();
  const act = useAct(onCodes);
  const [key, setKey] = useState<AppKey>();
  const confirm = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const code = textIn(event.currentTarget, 'app-code').replaceAll(' ', '');
    act.mutate(
      { act: () => confirmApp(userId, code), done: t('account.appAdded') },
      { onSuccess: () => setKey(undefined) },
    );
  };
  return (
    <Panel title={t('account.app')}>
      <Stack gap="sm" align="flex-start">
        <Text size="sm" c="dimmed">
          {isSetUp ? t('account.appOn') : t('account.appHint')}
        </Text>
        {isSetUp ? (
          <Button
            variant="default"
            loading={act.isPending}
            onClick={() => act.mutate({ act: () => removeApp(userId), done: t('account.appRemoved') })}
          >
            {t('account.appRemove')}
          </Button>
        ) : key === undefined ? (
          <Button
            variant="default"
            loading={act.isPending}
            onClick={() => act.mutate({ act: async () => setKey(await beginApp(userId)) })}
          >
            {t('account.appSetUp')}
          </Button>
        ) : (
          <form onSubmit={confirm}>
            <Stack gap="sm">
              <Text size="sm">{t('account.appKey')}</Text>
              <Group align="flex-start">
                <Box w={QR_PIXELS} h={QR_PIXELS}>
                  <Suspense>
                    <QrCode text={key.uri} label={t('account.appQr')} size={QR_PIXELS} />
                  </Suspense>
                </Box>
                <Code block flex="1 1 200px" style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
                  {key.secret.replace(/(.{4})(?=.)/g, '$1 ')}
                </Code>
              </Group>
              <Group align="flex-end" gap="xs">
                <TextInput
                  name="app-code"
                  label={t('account.appCode')}
                  inputMode="numeric"
                  autoComplete="one-time-code"
                  required
                />
                <Button type="submit" loading={act.isPending}>
                  {t('account.appConfirm')}
                </Button>
              </Group>
            </Stack>
          </form>
        )}
      </Stack>
    </Panel>
  );
};

const CodesLeft = ({ userId, factors: { recovery_codes_left: left }, onCodes }: PartProps): ReactNode => {
  const { t } = useTranslation();
  const act = useAct(onCodes);
  return (
    <Panel title={t('account.codes')}>
      <Group justify="space-between">
        <Text size="sm">{t('account.codesLeft', { count: left })}</Text>
        <Button
          variant="default"
          loading={act.isPending}
          onClick={() => act.mutate({ act: () => replaceCodes(userId) })}
        >
          {t('account.codesNew')}
        </Button>
      </Group>
    </Panel>
  );
};

export const Route = createLazyRoute('/shell/account')({ component: Account });
