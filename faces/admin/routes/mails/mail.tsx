import { Alert, Anchor, Button, Group, NativeSelect, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconSend } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { api, auditReason, isRefusal } from '../../api.ts';
import { languageName } from '../../i18n.ts';
import { useMay } from '../../session.ts';
import { Drawer } from '../../shared/modal.tsx';
import { ActDialog } from '../../shared/act-dialog.tsx';
import { Fact } from '../../shared/page.tsx';
import { oneOf } from '../../shared/search-params.ts';
import { Shown } from '../../shared/shown.tsx';
import { useFormat } from '../../shared/use-format.ts';
import { MAILS, previewQuery, type Locale, type Mail } from './mails-query.ts';
import { MailFrame } from './mail-frame.tsx';
import { MailStatus } from './status.tsx';

interface MailDrawerProps {
  /** Undefined if the page of the log has it no longer. */
  readonly mail: Mail | undefined;
  readonly close: () => void;
}

/** One message: where it went, and what it says. */
const MailDrawer = ({ mail, close }: MailDrawerProps): ReactNode => {
  const { t } = useTranslation();
  return (
    <Drawer
      opened
      onClose={close}
      position="right"
      size="min(72rem, 100%)"
      title={mail ? mail.subject || mail.kind : t('state.missing')}
      closeButtonProps={{ 'aria-label': t('act.close') }}
      styles={{
        content: { background: 'var(--shop-surface)' },
        header: { background: 'var(--shop-surface)' },
        title: { fontWeight: 650, overflowWrap: 'anywhere' },
      }}
    >
      {mail ? <Message key={mail.notification_id} mail={mail} /> : <Text size="sm">{t('mails.gone')}</Text>}
    </Drawer>
  );
};

const Message = ({ mail }: { readonly mail: Mail }): ReactNode => {
  const { t } = useTranslation();
  const { moment } = useFormat();
  const may = useMay();
  const [isResending, resending] = useDisclosure(false);
  return (
    <Stack gap="lg">
      {mail.failure !== undefined && (
        <Alert color="red" title={t('mails.failure')}>
          {mail.failure}
        </Alert>
      )}
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        <Fact label={t('mails.recipient')}>
          <span style={{ overflowWrap: 'anywhere' }}>{mail.recipient}</span>
        </Fact>
        <Fact label={t('mails.state')}>
          <MailStatus status={mail.status} />
        </Fact>
        <Fact label={t('mails.kind')}>
          <span className="mono">{mail.kind}</span>
        </Fact>
        <Fact label={t('mails.at')}>{moment(mail.settled_at ?? mail.created_at)}</Fact>
      </SimpleGrid>
      <Group gap="md">
        {may('notification:write') && (
          <Button variant="default" leftSection={<IconSend size={16} />} onClick={resending.open}>
            {t('mails.resend.open')}
          </Button>
        )}
        {mail.order_id !== undefined && may('order:read') && (
          <Anchor
            size="sm"
            renderRoot={(props) => (
              <Link to="/orders/$orderId" params={{ orderId: mail.order_id ?? '' }} {...props} />
            )}
          >
            {t('mails.toOrder')}
          </Anchor>
        )}
        {mail.user_id !== undefined && may('user:read') && (
          <Anchor
            size="sm"
            renderRoot={(props) => (
              <Link to="/customers/$customerId" params={{ customerId: mail.user_id ?? '' }} {...props} />
            )}
          >
            {t('mails.toCustomer')}
          </Anchor>
        )}
      </Group>
      {(mail.channel ?? 'email') === 'email' && <Preview mail={mail} />}
      {isResending && (
        <ActDialog
          title={t('mails.resend.open')}
          text={t('mails.resend.text', { recipient: mail.recipient })}
          submitLabel={t('mails.resend.open')}
          done={t('mails.resend.done')}
          close={resending.close}
          changes={MAILS}
          send={(reason) =>
            api.POST('/api/v1/notifications/{notification_id}/resend', {
              params: { path: { notification_id: mail.notification_id }, header: auditReason(reason) },
            })
          }
        />
      )}
    </Stack>
  );
};

const LOCALES = ['en', 'de'] as const satisfies readonly Locale[];

/** As the mail would be sent now, with the data of this one. */
const Preview = ({ mail }: { readonly mail: Mail }): ReactNode => {
  const { t } = useTranslation();
  const [locale, setLocale] = useState(oneOf(LOCALES, mail.locale));
  const query = useQuery(previewQuery(mail.notification_id, locale));
  if (isRefusal(query.error, 'NOT_KEPT'))
    return (
      <Text size="sm" c="dimmed">
        {t('mails.notKept')}
      </Text>
    );
  return (
    <Stack gap="xs" component="section" aria-label={t('mails.preview')}>
      <Group justify="space-between">
        <Title order={2}>{t('mails.preview')}</Title>
        <NativeSelect
          aria-label={t('mails.language')}
          size="xs"
          data={LOCALES.map((value) => ({ value, label: languageName(value) }))}
          value={locale ?? query.data?.locale ?? 'en'}
          onChange={({ currentTarget: { value } }) => setLocale(oneOf(LOCALES, value))}
        />
      </Group>
      <Shown query={query} skeleton={<Text size="sm">…</Text>}>
        {({ subject, text, html }) => (
          <SimpleGrid cols={{ base: 1, md: 2 }} spacing="sm">
            <MailFrame title={t('mails.asHtml')} html={html} />
            <Stack
              gap="xs"
              className="surface"
              p="md"
              bg="var(--shop-canvas)"
              component="section"
              aria-label={t('mails.asText')}
            >
              <Text fw={600} size="sm">
                {subject}
              </Text>
              <Text size="sm" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
                {text}
              </Text>
            </Stack>
          </SimpleGrid>
        )}
      </Shown>
    </Stack>
  );
};

export default MailDrawer;
