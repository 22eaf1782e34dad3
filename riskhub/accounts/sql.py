"""What the database itself keeps of the tree of departments.

Who sees what depends on `path`, so nobody types it: it follows from the parent, and that of the parts
from the whole. Changes of the tree wait for each other.
"""

TREE = """
CREATE FUNCTION department_in_tree() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE above text := '/';
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('accounts_department'));
    IF NEW.parent_id IS NOT NULL THEN
        SELECT path INTO above FROM accounts_department WHERE id = NEW.parent_id;
        IF NEW.parent_id = NEW.id OR strpos(above, '/' || NEW.id || '/') > 0 THEN
            RAISE EXCEPTION 'department % would be a part of itself', NEW.code
                USING ERRCODE = 'check_violation', CONSTRAINT = 'department_in_tree';
        END IF;
    END IF;
    NEW.path := coalesce(above, '/') || NEW.id || '/';
    RETURN NEW;
END $$;
CREATE TRIGGER department_in_tree BEFORE INSERT OR UPDATE OF parent_id, path ON accounts_department
    FOR EACH ROW EXECUTE FUNCTION department_in_tree();

CREATE FUNCTION department_parts_follow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE accounts_department SET path = '' WHERE parent_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER department_parts_follow AFTER UPDATE ON accounts_department
    FOR EACH ROW WHEN (OLD.path IS DISTINCT FROM NEW.path) EXECUTE FUNCTION department_parts_follow();

CREATE FUNCTION department_head_belongs() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM accounts_department d
        JOIN accounts_user u ON u.id = d.head_id
        LEFT JOIN accounts_department own ON own.id = u.department_id
        WHERE strpos(coalesce(own.path, ''), d.path) <> 1) THEN
        RAISE EXCEPTION 'the head of a department belongs to it'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'department_head_belongs';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER department_head_belongs AFTER INSERT OR UPDATE OF head_id, parent_id
    ON accounts_department DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION department_head_belongs();
CREATE CONSTRAINT TRIGGER user_head_belongs AFTER UPDATE OF department_id
    ON accounts_user DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION department_head_belongs();

"""

TREE_AWAY = """
DROP TRIGGER user_head_belongs ON accounts_user;
DROP TRIGGER department_head_belongs ON accounts_department;
DROP FUNCTION department_head_belongs();
DROP TRIGGER department_parts_follow ON accounts_department;
DROP FUNCTION department_parts_follow();
DROP TRIGGER department_in_tree ON accounts_department;
DROP FUNCTION department_in_tree();
"""

ONE_STAND_IN = """
ALTER TABLE accounts_approvaldelegation ADD CONSTRAINT delegation_one_at_a_time EXCLUDE USING gist (
    int8range(from_user_id, from_user_id, '[]') WITH &&,
    period WITH &&) WHERE (revoked_at IS NULL);
"""
STAND_INS_FREE = "ALTER TABLE accounts_approvaldelegation DROP CONSTRAINT delegation_one_at_a_time;"
