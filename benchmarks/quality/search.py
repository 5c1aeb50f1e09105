"""Search in a lay person's words: does one of the claims that answer stand among the first five?

    python benchmarks/quality/search.py [--misses] [--first N]

Every query has typing errors, brand names or everyday words as people type them, and the claims that
answer it; an id with `*` stands for all that fit.
"""
# ruff: noqa: E501

from __future__ import annotations

import argparse
import datetime
import sys
from fnmatch import fnmatch

from ketakb.app import check_store, search
from ketakb.search import Filters
from ketakb.store.locate import default_store

GOAL = 0.95
QUERIES: dict[str, str] = {
    # what it does in the brain
    "what does ketamine do in the brian nmda": "ketamine-blocks-nmda nmda-antagonist-* ketamine-binds-nmda",
    "does it block or stimulate nmda receptors": "ketamine-blocks-nmda ketamine-stimulates-nmda nmda-antagonist-*",
    "is ketamine an opiate": "mechanism-drug-class-general* drug-class-not-an-opiate-klein-2020",
    "is ketamine a phsychedelic": "ketamine-is-hallucinogenic drug-class-* mechanism-drug-class-general*",
    "grow new brain connections": "ketamine-regrows-synapses mechanism-synaptogenesis-general synaptogenesis-* ampa-builds-synapses",
    "do doctors know how ketamine works": "mechanism-not-fully-understood understanding-* several-mechanisms",
    "does it raise glutamate": "ketamine-raises-glutamate mechanism-glutamate-general glutamate-*",
    "how do ssris work": "mechanism-ssri-general ssri-* ssris-inhibit-*",
    "naltrexone and ketamine": "opioid-naltrexone-*",
    "seratonin": "ketamine-not-through-serotonin serotonin-happiness antidepressants-affect-serotonin mechanism-ssri-general ssri-*",
    # how soon, how long
    "how fast does ketamine work": "onset-* timecourse-*",
    "how quickly will I feel better": "onset-* timecourse-*",
    "how long does one infusion last": "duration-* effect-lasts-two-weeks timecourse-*",
    "how long untill prozac kicks in": "onset-conventional-* conventional-weeks*",
    "antidepressants take weeks": "onset-conventional-* conventional-weeks*",
    "how long am I high after ketamine": "duration-acute-effects-* acute-effects-* hallucinogenic-effect-* dissociation-*",
    "half life of ketamine": "duration-half-life-* acute-effects-esketamine-half-life duration-alpha-phase*",
    "relapse after ketamine": "duration-*relapse* schedule-ketamine-relapse-18-days cure-not-* duration-antidepressant-general*",
    "suicidal thoughts how soon do they ease": "onset-suicidality-* suicidality-* bipolar-suicidality-*",
    # does it help
    "does ketamine cure depresion": "cure-* freedom-from-depression",
    "success rate of ketamine infusions": "efficacy-response-rate-* response-*",
    "does it work for everyone": "efficacy-response-rate-general-2 all-trd-patients-improve not-for-everyone",
    "ketamine vs electroshock": "comparison-* efficacy-comparison-ect-general",
    "ketamine or ECT": "comparison-*ect* efficacy-comparison-ect-general",
    "ketamine for ptsd": "ptsd-* ketamine-treats-ptsd",
    "ketamine for anxeity": "ketamine-treats-anxiety anxiety-taylor-2018 approval-*",
    "chronic pain infusions": "pain-* ketamine-treats-chronic-pain contraindication-asra-chronic-pain",
    "OCD": "ocd-rodriguez-2013",
    "better than placebo": "efficacy-comparison-general* comparison-* response-*",
    # safety
    "ketamine side efects": "*side-effects* causes-*",
    "can ketamine hurt your bladder": "safety-bladder-general bladder-*",
    "pee problems from ketamine": "safety-bladder-general bladder-*",
    "blood presure": "safety-cardiovascular-general cardiovascular-* raises-blood-pressure causes-blood-pressure-rise",
    "will I get addicted": "safety-addiction-general addiction-* some-risk-of-addiction",
    "is ketamine habit forming": "safety-addiction-general addiction-* some-risk-of-addiction",
    "out of body experience": "dissociation-* causes-detachment safety-dissociation-general*",
    "memory loss": "causes-memory-loss cognition-* safety-cognition-general*",
    "is it safe long term": "safety-long-term-general* long-term-*",
    "liver damage": "long-term-hepatobiliary-* safety-long-term-general-2 eligibility-contraindication-general-liver-disease",
    "black box warning spravato": "severity-esketamine-boxed-warning* respiratory-esketamine-boxed",
    "can you stop breathing": "safety-respiratory-general respiratory-* improper-use-respiratory-failure",
    "throwing up after treatment": "causes-nausea safety-side-effects-general-2 side-effects-*",
    # rules and approval
    "is ketamine fda approved for depression": "approval-ketamine-* depression-use-off-label psychiatric-use-off-label ketamine-approved-for-depression-last-year",
    "off lable": "depression-use-off-label psychiatric-use-off-label approval-ketamine-*",
    "spravatto approval": "approval-esketamine-* esketamine-approved-*",
    "spravato without antidepressant": "combination-esketamine-trd-* approval-esketamine-2025-monotherapy approval-esketamine-current-indications*",
    "is ketamine legal controlled substance": "schedule-*",
    "can I take spravato home": "rems-spravato-never-home administration-supervision-general*",
    "ketamine at home lozenges": "compounded-* overall-home-use-added-risk supervision-asa-home-no-rescue treatment-at-home route-sublingual-*",
    "how long do I have to wait at the clinic after spravato": "rems-spravato-two-hours supervision-esketamine-direct-observation*",
    "drive home after treatment": "supervision-esketamine-no-driving supervision-esketamine-ride-home administration-supervision-general*",
    "ketamine UK class B": "schedule-uk-class-b-2014*",
    "NHS esketamine": "approval-esketamine-nice-not-recommended",
    # how it is given, to whom, at what price
    "what dose of ketamine for depression": "dose-ketamine-depression-* administration-dose-general",
    "how many infusions do you need": "schedule-ketamine-six-infusions* administration-schedule-general* response-phillips-2019-*",
    "is spravato the same as ketamine": "route-esketamine-* esketamine-* drug-class-enantiomer-esketamine route-ketamine-racemic",
    "pregnent": "*pregnancy*",
    "can teenagers get ketamine": "eligibility-age-* age-* any-age",
    "how much does it cost": "cost-*",
    "does insurence pay": "cost-*",
    "when was ketamine invented": "history-* developed-*",
    "vietnam": "history-vietnam used-in-vietnam-war",
    "how many americans are depressed": "epidemiology-* prevalence-* depression-common",
    "what counts as treatment resistent": "trd-*",
}


def main() -> int:
    """Print the share of queries that are answered among the first hits."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--misses", action="store_true", help="print the queries that are not answered")
    parser.add_argument("--first", type=int, default=5, help="how many hits are looked at")
    options = parser.parse_args()
    store, _ = check_store(default_store(), datetime.date.today().isoformat())
    for patterns in QUERIES.values():
        for pattern in patterns.split():
            if not any(fnmatch(claim, pattern) for claim in store.claims):
                print(f"no claim is called {pattern}")
    missed = []
    for query, wanted in QUERIES.items():
        hits = [hit.claim.id for hit in search(store, query, Filters(), options.first)]
        if not any(fnmatch(hit, pattern) for hit in hits for pattern in wanted.split()):
            missed.append((query, hits))
    share = 1 - len(missed) / len(QUERIES)
    print(
        f"answered among the first {options.first}: {share:.3f} of {len(QUERIES)} queries (goal {GOAL:.2f})"
    )
    if options.misses:
        for query, hits in missed:
            print(f"  {query}: {', '.join(hits) or 'nothing found'}")
    return 0 if share >= GOAL else 1


if __name__ == "__main__":
    sys.exit(main())
