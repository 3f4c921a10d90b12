"""Reads published tables with HiGHS: integer programs for what follows of each withheld count, and for the fewest cells that protect as much.

usage: node dump.mjs 0 120 | python3 read.py
       node dump.mjs 1000000 150 small | python3 read.py --optimum
Shares no code with the library or with its own reader; needs numpy and scipy.
"""
import itertools
import json
import sys

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_matrix

MOST_SETS = 3000
SETS_BY_PROGRAM = 10


def walk(tree, label, path, labels, parts, above):
    labels.append(label)
    below = [(leaf, None) for leaf in tree] if isinstance(tree, list) else list(tree.items()) if tree else []
    parts[label] = [name for name, _ in below]
    above[label] = path + [label]
    for name, sub in below:
        walk(sub, name, path + [label], labels, parts, above)


class Table:
    def __init__(self, given):
        self.k, self.zeros = given['k'], given['zeros']
        dims = []
        for tree in given['groups']:
            labels, parts, above = [], {}, {}
            walk(tree, 'total', [], labels, parts, above)
            dims.append((labels, parts, above))
        self.keys = list(itertools.product(*[labels for labels, _, _ in dims]))
        self.n = len(self.keys)
        at = {key: cell for cell, key in enumerate(self.keys)}
        self.truth = np.zeros(self.n)
        for row in given['rows']:
            for key in itertools.product(*[dims[d][2][leaf] for d, leaf in enumerate(row)]):
                self.truth[at[key]] += 1
        self.relations = []
        for cell, key in enumerate(self.keys):
            for d, (_, parts, _) in enumerate(dims):
                if parts[key[d]]:
                    self.relations.append((cell, [at[key[:d] + (name,) + key[d + 1:]] for name in parts[key[d]]]))
        self.withheld = np.zeros(self.n, bool)
        for line in given['lines']:
            cell = at[tuple(line['key']) if isinstance(line['key'], list) else (line['key'],)]
            self.withheld[cell] = line['count'] is None
            assert line['count'] is None or line['count'] == self.truth[cell]
        row, column, entry = [], [], []
        for r, (total, parts) in enumerate(self.relations):
            for cell, sign in [(total, -1), *((part, 1) for part in parts)]:
                row.append(r), column.append(cell), entry.append(sign)
        self.matrix = coo_matrix((entry, (row, column)), shape=(len(self.relations), self.n)).tocsr()
        self.inner = [cell for cell in range(self.n) if not any(total == cell for total, _ in self.relations)]
        # What a reader is taken to know of a withheld cell: by which rule it went.
        self.small = self.truth < self.k
        self.sensitive = self.small & ((self.truth > 0) | (self.zeros == 'suppressed'))
        self.in_small = np.zeros(self.n, bool)
        stack = [cell for cell in range(self.n) if self.withheld[cell] and 0 < self.truth[cell] < self.k]
        while stack:
            cell = stack.pop()
            for total, parts in self.relations:
                if total == cell:
                    for part in parts:
                        if not self.in_small[part]:
                            self.in_small[part] = True
                            stack.append(part)
        least = (self.zeros == 'suppressed') | self.in_small | (self.truth == 0)
        self.lower = np.where(self.small, np.where(least, 0, 1), self.k).astype(float)
        self.upper = np.where(self.small, self.k - 1, np.inf)

    def ends(self, cells, withheld):
        """Least and largest sum of some cells over all whole-numbered tables that fit."""
        hidden = np.flatnonzero(withheld)
        shown = self.matrix[:, ~withheld] @ self.truth[~withheld]
        matrix = self.matrix[:, hidden]
        says = np.diff(matrix.indptr) > 0
        constraints = LinearConstraint(matrix[says], -shown[says], -shown[says])
        bounds = Bounds(self.lower[hidden], self.upper[hidden])
        out = []
        for sign in (1, -1):
            goal = np.where(np.isin(hidden, cells), sign, 0)
            # Most corners are whole; where one is not, the integer program decides.
            for whole in (0, 1):
                found = milp(goal, constraints=constraints, bounds=bounds, integrality=np.full(len(hidden), whole))
                if found.status != 0 or np.abs(found.x - np.round(found.x)).max() < 1e-6:
                    break
            if found.status == 3:
                out.append(np.inf if sign < 0 else -np.inf)
                continue
            assert found.status == 0, found.message
            out.append(sign * round(found.fun))
        return out


def read(table, out):
    out['tables'] += 1
    out['cells'] += table.n
    out['withheld'] += int(table.withheld.sum())
    # Against a reader of nothing but the rules and the published zeros.
    blind = table.withheld | (table.truth > 0)
    for cell in np.flatnonzero(table.sensitive):
        if not table.withheld[cell]:
            out['recovered'] += 1
            continue
        least, most = table.ends([cell], table.withheld)
        full = least <= table.lower[cell] and most >= table.k - 1
        if full:
            continue
        rules = table.ends([cell], blind)
        if least == most:
            out['knownBeforehand' if rules[0] == rules[1] else 'recovered'] += 1
        if not table.in_small[cell] and (least > rules[0] or most < min(rules[1], table.k - 1)):
            out['recoveredWithinInterval'] += 1
    read_sets(table, out)


def sets_of(table):
    cells = [cell for cell in table.inner if table.withheld[cell] and table.small[cell] and not table.in_small[cell]]
    found = []
    for size in range(2, len(cells) + 1):
        before = len(found)
        for chosen in itertools.combinations(cells, size):
            if 0 < table.truth[list(chosen)].sum() < table.k:
                found.append(list(chosen))
                if len(found) > MOST_SETS:
                    return found
        if len(found) == before and size > table.k:
            break
    return found


def read_sets(table, out):
    """Sums of several cells of fewer than k people together: by projection on what the relations tell, and some by integer programs."""
    hidden = np.flatnonzero(table.withheld)
    if len(hidden) == 0:
        return
    place = {cell: at for at, cell in enumerate(hidden)}
    _, s, rows = np.linalg.svd(table.matrix[:, hidden].toarray(), full_matrices=False)
    span = rows[s > 1e-9]
    found = sets_of(table)
    out['sets'] += len(found)
    for at, cells in enumerate(found):
        v = np.zeros(len(hidden))
        v[[place[cell] for cell in cells]] = 1
        follows = np.linalg.norm(v - span.T @ (span @ v)) < 1e-7
        if not follows and at % max(1, len(found) // SETS_BY_PROGRAM) == 0:
            least, most = table.ends(cells, table.withheld)
            out['setsByProgram'] += 1
            follows = least == most
        out['setsRecovered'] += int(follows)


def fewest(table):
    """At most the fewest cells: one integer program whose continuous columns are the other tables that must stay possible. None where it has no answer in time."""
    n, truth = table.n, table.truth
    fixed = table.sensitive.copy()
    hidden_zeros = (truth == 0) & (table.zeros == 'published') & table.withheld
    if (hidden_zeros & ~table.in_small).any() or not fixed.any():
        return None
    fixed |= hidden_zeros
    openable = truth >= table.k
    large = truth.sum() + table.k
    need = []
    for cell in np.flatnonzero(table.sensitive):
        if table.in_small[cell]:
            need.append((cell, table.lower, table.upper, frozenset(), [(1, None), (-1, None)], 1))
            continue
        for side, far in ((1, table.k - 1 - truth[cell]), (-1, truth[cell] - table.lower[cell])):
            if far > 0:
                need.append((cell, table.lower, table.upper, frozenset(), [(side, far)], far))
    for person in people(table):
        for cell in np.flatnonzero(table.sensitive):
            if cell not in person:
                need.append((cell, np.zeros(n), np.full(n, np.inf), person, [(1, None), (-1, None)], 1))
    blocks, count = [], n
    row, column, entry, low, high = [], [], [], [], []
    ends = [np.where(fixed, 1.0, 0.0)], [np.where(fixed | openable, 1.0, 0.0)]

    def add(terms, least, most):
        for at, weight in terms:
            row.append(len(low)), column.append(at), entry.append(weight)
        low.append(least), high.append(most)

    for cell, lower, upper, known, sides, far in need:
        starts = []
        for _ in sides:
            start = count
            count += n
            starts.append(start)
            fall = np.where(fixed | openable, truth - lower, 0)
            rise = np.where(fixed | openable, np.minimum(upper - truth, large), 0)
            for at in known:
                fall[at] = rise[at] = 0
            ends[0].append(-fall), ends[1].append(rise)
            for total, parts in table.relations:
                add([(start + total, -1), *((start + part, 1) for part in parts)], 0, 0)
            for at in np.flatnonzero(openable):
                add([(start + at, 1), (at, -rise[at])], -np.inf, 0)
                add([(start + at, -1), (at, -fall[at])], -np.inf, 0)
        add([(start + cell, side) for start, (side, _) in zip(starts, sides)], far, np.inf)
    matrix = coo_matrix((entry, (row, column)), shape=(len(low), count)).tocsr()
    price = np.zeros(count)
    price[:n] = 1
    whole = np.zeros(count)
    whole[:n] = 1
    found = milp(price, constraints=LinearConstraint(matrix, low, high), bounds=Bounds(np.concatenate(ends[0]), np.concatenate(ends[1])), integrality=whole, options={'time_limit': 60})
    return round(found.fun) if found.status == 0 else None


def people(table):
    """For each person who is alone in cells these, their parts, and the totals that hold nobody else."""
    seen, out = set(), []
    for cell in np.flatnonzero(table.truth == 1):
        if cell in seen:
            continue
        own, stack = set(), [int(cell)]
        while stack:
            at = stack.pop()
            if at in own:
                continue
            own.add(at)
            for total, parts in table.relations:
                if total == at:
                    stack.extend(parts)
                elif at in parts and table.truth[total] == 1:
                    stack.append(total)
        seen |= own
        out.append(frozenset(own))
    return out


def main():
    optimum = '--optimum' in sys.argv
    out = {'tables': 0, 'withheld': 0, 'fewest': 0, 'worst': 0} if optimum else dict.fromkeys(
        ['tables', 'cells', 'withheld', 'recovered', 'recoveredWithinInterval', 'knownBeforehand', 'sets', 'setsByProgram', 'setsRecovered'], 0)
    for line in sys.stdin:
        table = Table(json.loads(line))
        if table.n > (60 if optimum else 300):
            continue
        if not optimum:
            read(table, out)
            continue
        least = fewest(table)
        if least is None:
            continue
        ours = int(table.withheld.sum())
        out['tables'] += 1
        out['withheld'] += ours
        out['fewest'] += least
        out['worst'] = max(out['worst'], ours / least)
    print(json.dumps(out))


main()
