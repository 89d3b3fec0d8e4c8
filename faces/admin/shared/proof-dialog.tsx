import { Alert, Button, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Asking } from '../proof.ts';
import { fetchSession, sessionQuery, signIn, stepUp, type Session } from '../session.ts';
import { Modal } from './modal.tsx';
import { problemText } from './problem-text.ts';
import { ProofForm } from './proof-form.tsx';
import { onProven, proofAddress } from './provider.ts';
import '../routes/account/texts.ts';

/** Over any page, which stays as it is: what was typed there is not lost. */
const ProofDialog = ({ asking }: { readonly asking: Asking }): ReactNode => {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const isStepUp = asking.kind === 'step-up';
  const session = queries.getQueryData(sessionQuery.queryKey) ?? undefined;
  const email = session?.user.email;

  const prove = async (proof: Parameters<typeof stepUp>[0]): Promise<void> => {
    if (isStepUp) await stepUp(proof);
    // The same person: what is on the screen stays theirs.
    else queries.setQueryData(sessionQuery.queryKey, await signIn(proof));
    asking.answer(true);
  };

  return (
    <Modal
      opened
      onClose={() => asking.answer(false)}
      title={isStepUp ? t('signIn.stepUpTitle') : t('signIn.againTitle')}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t('act.cancel') }}
      zIndex={400}
    >
      <Stack gap="md">
        {session?.provider === undefined ? (
          <>
            <Text size="sm">
              {isStepUp ? t('signIn.stepUpText') : t('signIn.againText', { email: email ?? '' })}
            </Text>
            <ProofForm
              email={email}
              submitLabel={isStepUp ? t('signIn.confirm') : t('signIn.submit')}
              prove={prove}
            />
          </>
        ) : (
          <AtProvider session={session} provider={session.provider} onProven={() => asking.answer(true)} />
        )}
        <Button variant="subtle" color="gray" onClick={() => asking.answer(false)}>
          {t('act.cancel')}
        </Button>
      </Stack>
    </Modal>
  );
};

interface AtProviderProps {
  readonly session: Session;
  readonly provider: string;
  readonly onProven: () => void;
}

/** For users without a password here: in another tab, so that this page stays. */
const AtProvider = ({ session: { user }, provider, onProven: done }: AtProviderProps): ReactNode => {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [problem, setProblem] = useState<string>();
  const check = async (): Promise<void> => {
    try {
      const session = await fetchSession();
      if (session?.user.user_id === user.user_id) {
        queries.setQueryData(sessionQuery.queryKey, session);
        done();
      } else if (session !== null)
        setProblem(t('signIn.otherUser', { other: session.user.email, email: user.email }));
    } catch (error) {
      setProblem(problemText(error, t));
    }
  };
  useEffect(() => onProven(() => void check()));
  return (
    <>
      {problem !== undefined && (
        <Alert color="red" role="alert">
          {problem}
        </Alert>
      )}
      <Text size="sm">{t('signIn.providerText')}</Text>
      <Button
        component="a"
        href={proofAddress(provider)}
        target="_blank"
        rel="noopener"
        data-autofocus
        fullWidth
      >
        {t('signIn.providerConfirm')}
      </Button>
    </>
  );
};

export default ProofDialog;
