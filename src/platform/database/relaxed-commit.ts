/**
 * SQL for the select or returning list of a statement whose transaction need not wait for the disk: a crash of the
 * database in the next half second may undo it, whole, and whoever reads the database afterwards finds that work still
 * to be done. Later commits that do wait carry it to the disk with them.
 */
export const relaxedCommit = `set_config('synchronous_commit', 'off', true)`;
