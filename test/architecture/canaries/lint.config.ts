import config from '../../../oxlint.config.ts';

export default { ...config, ignorePatterns: [] };
