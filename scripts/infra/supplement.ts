/**
 * The few parts of the schema of hashicorp/aws that its bindings do not spell out and that `terraform/` uses, from the provider's
 * documentation: ephemeral resources, and the statements of firewall rules, which contain each other.
 */
const text = { type: 'string', optional: true } as const;
const flag = { type: 'bool', optional: true } as const;
const number = { type: 'number', optional: true } as const;

const ephemeral = (attributes: object): object => ({ version: 0, block: { attributes, block_types: {} } });

export const ephemeralResources = {
  aws_secretsmanager_random_password: ephemeral({
    password_length: number,
    exclude_characters: text,
    exclude_punctuation: flag,
    random_password: { type: 'string', computed: true },
  }),
  aws_secretsmanager_secret_version: ephemeral({
    secret_id: { type: 'string', required: true },
    version_id: text,
    version_stage: text,
    secret_string: { type: 'string', computed: true },
  }),
};

/** A block that may occur once, or several times. */
const nested = (attributes: object, block_types: object = {}, isMany = false): object => ({
  nesting_mode: 'list',
  block: { attributes, block_types },
  ...(!isMany && { max_items: 1 }),
});

const action = nested({}, { count: nested({}), block: nested({}), allow: nested({}) });

/** `rule.statement` of aws_wafv2_web_acl. */
export const firewallStatement = nested(
  {},
  {
    managed_rule_group_statement: nested(
      {
        name: { type: 'string', required: true },
        vendor_name: { type: 'string', required: true },
        version: text,
      },
      {
        rule_action_override: nested(
          { name: { type: 'string', required: true } },
          { action_to_use: action },
          true,
        ),
      },
    ),
    rate_based_statement: nested({
      aggregate_key_type: text,
      evaluation_window_sec: number,
      limit: { type: 'number', required: true },
    }),
  },
);
