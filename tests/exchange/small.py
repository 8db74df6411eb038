"""A record file with one row of everything, for tests that change a word of it."""

SMALL = """\
format: onevoice-record/1
group: {id: g, acronym: G, names: {en: The group}, zone: Europe/Vienna}
organisations:
- {id: unodc, kind: un, names: [{names: {en: Office}, acronyms: {en: UNODC}}], sources: [{address: 'https://a.example/', confidence: full}]}
- {id: iom, kind: un, names: [{names: {en: Organization}}]}
persons:
- {id: ann, name: Ann}
appointments:
- {id: ann-2018, person: ann, organisation: unodc, capacity: official, title: {en: Director}, since: 2018-06-14, until: 2018-06-14, basis: attested}
- {id: ann-here, person: ann, organisation: unodc, capacity: focal_point, in_group: true, since: '2020'}
bodies:
- {id: members, names: {en: All}, decision_pattern: 'D/{year}/{number}'}
memberships:
- {id: unodc, body: members, organisation: unodc, kind: member, since: 2006-09, sources: [{address: 'https://a.example/', confidence: full}]}
offices:
- {id: chair, body: members, kind: chair, organisation: iom, since: '2019', until: '2019'}
counts:
- {id: first, when: 2006-09, count: 7, counted: {en: organisations}}
mandates:
- {id: one, symbol: A/RES/1/1, organ: {en: General Assembly}, paragraphs: [{number: '1', text: {en: First}}, {number: '2', text: {en: Second}}, {number: '4', text: {en: Third}, id: p3}]}
- {id: two, symbol: A/RES/2/1, organ: {en: General Assembly}, responds_to: [one], answers_paragraphs: [{mandate: one, paragraph: p1}]}
meetings:
- {id: 2018-06-14-briefing, kind: briefing, body: members, title: {en: Briefing}, when: 2018-06-14, starts: 2018-06-14T10:00:00+02:00, ends: 2018-06-14T12:00:00+02:00, answers: [one], answers_paragraphs: [{mandate: one, paragraph: p3}],
   agenda: [{number: '1', title: {en: Opening}}, {number: 1.a, parent: '1', title: {en: Welcome}}],
   participations: [{part: briefed, organisation: unodc, appointment: ann-2018, interventions: [{quotation: {en: We act.}}]}, {part: chair, state: belarus}]}
decisions:
- {id: d-1, body: members, number: D/2018/7, title: {en: Plan}, adopted: 2018-06-14, meeting: 2018-06-14-briefing, how: consensus, text: [{id: p1, text: {en: Decides.}}], answers: [two], answers_paragraphs: [{mandate: one, paragraph: p2}, {mandate: one, paragraph: p1}]}
outputs:
- {id: brief, kind: issue brief, title: {en: A brief}, contributors: [unodc, iom], answers: [one], answers_paragraphs: [{mandate: one, paragraph: p2}], versions: [{language: en, web: 'https://a.example/brief'}]}
claims:
- {about: group, point: size, claims: [{says: {en: seven}, address: 'https://a.example/', confidence: full, preferred: true}, {says: {en: eight}, address: 'https://b.example/', confidence: secondary}]}
gaps:
- {en: The rest}
"""  # noqa: E501
