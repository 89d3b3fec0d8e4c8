import { Button, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Asking } from '../proof.ts';
import { sessionQuery, signIn, stepUp } from '../session.ts';
import { Modal } from './modal.tsx';
import { ProofForm } from './proof-form.tsx';

/** Over any page, which stays as it is: what was typed there is not lost. */
const ProofDialog = ({ asking }: { readonly asking: Asking }): ReactNode => {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const isStepUp = asking.kind === 'step-up';
  const email = queries.getQueryData(sessionQuery.queryKey)?.user.email;

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
        <Text size="sm">
          {isStepUp ? t('signIn.stepUpText') : t('signIn.againText', { email: email ?? '' })}
        </Text>
        <ProofForm
          email={email}
          submitLabel={isStepUp ? t('signIn.confirm') : t('signIn.submit')}
          prove={prove}
        />
        <Button variant="subtle" color="gray" onClick={() => asking.answer(false)}>
          {t('act.cancel')}
        </Button>
      </Stack>
    </Modal>
  );
};

export default ProofDialog;
