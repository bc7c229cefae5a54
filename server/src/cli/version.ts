/** The version, which a test compares with package.json: reading that file would cost time at every start. */
export const version = '0.1.0';
