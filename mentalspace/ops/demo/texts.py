"""What the demo's notes say: short, invented, put together from sentences by theme. Nobody is described here."""

from random import Random

REPORTS = {
    "anxiety": (
        "Client reports worrying on most evenings about work deadlines and a parent's health, for about an hour.",
        "Client describes a calmer week; worry came up mainly on Sunday before the work week.",
        "Client says that the scheduled worry period helped on four days of seven.",
        "Client reports tension headaches and checking e-mail late at night.",
    ),
    "depression": (
        "Client reports low mood in the mornings and getting out of bed by ten on four days.",
        "Client kept two of three planned activities and enjoyed the walk with a neighbor.",
        "Client describes feeling flat, with little interest in cooking or friends.",
        "Client reports more energy since returning to the choir and fewer naps.",
    ),
    "trauma": (
        "Client reports two nightmares this week and avoiding the bus route where the accident happened.",
        "Client practiced grounding in the supermarket and was able to finish shopping.",
        "Client describes feeling on guard at work after a door slammed.",
        "Client reports sleeping through on three nights for the first time this month.",
    ),
    "adjustment": (
        "Client talks about the first weeks after the separation and arranging who has the children when.",
        "Client reports settling into the new job, with irritability in the evenings.",
        "Client describes homesickness after the move and calling a sister every day.",
        "Client says that the weekly plan makes the days feel less shapeless.",
    ),
    "panic": (
        "Client had one panic attack in the elevator and stayed until the doors opened.",
        "Client reports no attacks this week and took the subway twice.",
        "Client describes fear of fainting in meetings; left one early.",
        "Client recorded body sensations in the diary on five days.",
    ),
    "social": (
        "Client spoke up once in class and rated fear at 6 of 10 before and 3 after.",
        "Client avoided a birthday party and felt relieved, then disappointed.",
        "Client ordered by phone twice, as agreed.",
        "Client reports eating lunch with two classmates on three days.",
    ),
    "ocd": (
        "Client reports checking the stove up to eight times before leaving home.",
        "Client delayed washing by ten minutes on most days, with distress falling from 7 to 4.",
        "Client describes intrusive thoughts about harm and seeking reassurance from a partner.",
        "Client left home after a single check on four days.",
    ),
    "adhd": (
        "Client handed in two of three assignments and lost the third sheet.",
        "Client used the timer for homework and found 15 minutes manageable.",
        "Client reports forgetting appointments unless reminded the evening before.",
        "Client describes an argument at home about an untidy room.",
    ),
    "bipolar": (
        "Client reports sleeping five hours on three nights and starting two new projects.",
        "Client kept the sleep schedule on six days; mood chart is even.",
        "Client describes a slow, heavy week with canceled plans.",
        "Client takes medication as prescribed and has seen the prescriber this month.",
    ),
    "alcohol": (
        "Client drank on two evenings, three drinks each, and none on weekdays.",
        "Client went to a retirement party and left when it became difficult.",
        "Client reports cravings after conflict with a supervisor.",
        "Client describes three weeks without drinking and better sleep.",
    ),
    "insomnia": (
        "Client falls asleep within 40 minutes on most nights and wakes at four.",
        "Client kept the fixed rising time on six days and stopped napping.",
        "Client lies awake thinking through the coming day.",
        "Client reports sleeping six and a half hours on average, by diary.",
    ),
}
REPORTS["episode"] = REPORTS["depression"]

OBSERVED = (
    "On time, cooperative, good eye contact. Speech of normal rate. Mood “all right”, affect a little constricted.",
    "Engaged and reflective. Mood anxious, affect congruent. Thought process linear.",
    "Tired but attentive. Mood low, affect brightened when talking about family. Oriented, insight fair.",
    "Relaxed posture, humor present. Mood “better than last week”, affect full. Judgment intact.",
)
SAFETY = (
    "Denies thoughts of suicide or of harming others.",
    "No thoughts of suicide or harm to others reported when asked.",
    "Asked about suicide: passive thoughts last month, none this week, no plan or intent; safety plan reviewed.",
)
DONE = (
    "Used cognitive restructuring on one situation of the week; client found a more balanced thought by themselves.",
    "Practiced paced breathing and grounding for ten minutes; distress fell from 6 to 3.",
    "Planned three small activities for the week and talked through what may get in the way.",
    "Used motivational interviewing around the next step; client named two reasons for change.",
    "Worked through one step of the exposure ladder in session and planned the next one.",
    "Role-played the conversation with the supervisor and reviewed what went well.",
)
BETTER = (
    "Symptoms are easing; client uses the skills between sessions. Progress towards the objective: some.",
    "Steady progress. Client connects the change to practicing every day.",
    "Improving, with a setback this week that client understood by themselves.",
)
SAME = (
    "Symptoms much as before; avoidance keeps them going. Treatment remains necessary to restore daily functioning.",
    "Little change this week under higher stress at work. Plan remains suitable.",
    "Progress is slow; barriers to practice at home were identified.",
)
PLANS = (
    "Continue weekly. Home practice: thought record on three days. Next: core beliefs about failure.",
    "Continue weekly sessions of 50 minutes. Client will plan two pleasant activities and keep the diary.",
    "Next session: review the exposure ladder. Client will practice the first step daily.",
    "Continue as planned; repeat the measure in two weeks and review the treatment plan next month.",
    "Client will use the sleep diary and fixed rising time. Coordinate with the primary care office, release on file.",
)
AMENDMENTS = (
    (
        "The length of homework practice was wrong.",
        "Client practiced on five days, not on three, as the diary handed in afterwards shows.",
    ),
    (
        "Information received after signing.",
        "The client called the same evening and confirmed that the prescriber's appointment was moved to next week.",
    ),
    (
        "A collateral contact was left out.",
        "Spoke with the client's partner by telephone for ten minutes before the session, with the client's consent.",
    ),
)


def sections(note_format: str, theme: str, scored: str, is_better: bool, rng: Random) -> dict[str, str]:
    """The text of a note, by section. `scored` is a sentence about a measure, or empty."""
    report, plan = rng.choice(REPORTS[theme]), rng.choice(PLANS)
    observed = " ".join(filter(None, (rng.choice(OBSERVED), scored)))
    done, judged = rng.choice(DONE), rng.choice(BETTER if is_better else SAME)
    safety = rng.choice(SAFETY[:2]) if rng.random() < 0.9 else SAFETY[2]
    if note_format == "DAP":
        return {"data": f"{report} {observed}\n\n{done}", "assessment": f"{judged} {safety}", "plan": plan}
    if note_format == "BIRP":
        return {
            "behavior": f"{report} {observed}",
            "intervention": done,
            "response": f"{judged} {safety}",
            "plan": plan,
        }
    if note_format == "Narrative":
        return {"narrative": f"{report} {observed}\n\n{done} {judged} {safety}\n\n{plan}"}
    return {
        "subjective": report,
        "objective": f"{observed}\n\n{done}",
        "assessment": f"{judged} {safety}",
        "plan": plan,
    }
