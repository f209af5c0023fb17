"""Notices of organisations that do not exist, of several families; no sentence of theirs is anybody else's."""

from __future__ import annotations

HARBOUR = """HARBOUR AUTHORITY OF THE NORTHERN ISLES
Vacancy number: HA/2027/014

Job title: Tide Data Officer
Duty station: Port Ellery
Deadline for applications: 12 March 2027, 17:00 (Brussels time)
Contact: jobs@harbour.example

About us
The Harbour Authority looks after forty ports. Our experts have 30 years of experience in tides and work with
citizens of many towns.

Duties and responsibilities
- Collect and publish tide data;
- You will be required to draft monthly reports;
- Advise harbour masters.

Eligibility criteria
Candidates must, on the closing date for applications:
(a) be a national of one of the Member States of the European Union;
(b) be at least 18 years of age;
(c) have fulfilled any obligations imposed by the laws on military service;
(d) hold a university degree in oceanography, geography or a related
field;
(e) have at least five (5) years of relevant professional experience, of which two in a port;
(f) have a thorough knowledge of one of the official languages of the European Union and a satisfactory
knowledge of another of these languages.

Selection criteria
1. Excellent command of English; knowledge of Norwegian would be an asset.
2. Proven experience in data publication.
3. Minimum 3 years' experience in team work

How to apply
Please send your CV and a motivation letter in English by e-mail. Incomplete applications will not be considered.
Applicants who have already worked for the Authority for more than four years are not eligible.
Interviews will take place in April 2027.

Data protection
Personal data are processed in line with the law. You must be informed of your rights.
"""

GARDENERS = """# Young Gardeners' Fellowship 2028

**Closing date:** 03/04/2028 at noon London time

## Who can apply?

* You must be aged between 20 and 32 on 1 September 2028.
* You are a Canadian citizen or a permanent resident of Canada.
* You have a Bachelor's degree in botany and at least two years of experience in a public garden.
* You have not previously held a fellowship of the Garden Trust.
* Fluent English and a good knowledge of French are required.
* English at level B2 or French at level B2.

## What we offer

| Item | Amount |
|------|--------|
| Stipend | 1,200 per month |
| Insurance | must be taken out by you |

## Desirable

* A master's degree would be an advantage.
* Experience with moss.

## Documents

1. Curriculum vitae
2. Two letters of recommendation
"""

RIVERS = """Concours externe de garde-rivière
Ministère des Eaux et Canaux, session 2028

Conditions d'accès
Pour être admis à concourir, les candidats doivent :
– posséder la nationalité française ou être ressortissants d'un État membre de l'Union européenne ;
– jouir de leurs droits civiques ;
– être âgés de dix-huit ans au moins et de trente-cinq ans au plus au 1er janvier 2028 ;
– être titulaires d'une licence ou d'un diplôme classé au niveau 6 ;
– mesurer au moins 1,60 m ;
– savoir nager.

Nature des épreuves
L'épreuve écrite dure trois heures.

Calendrier
Clôture des inscriptions : 15 janvier 2028 à 23 h 59 (heure de Paris)

Constitution du dossier
Le dossier comprend un curriculum vitae, une copie du diplôme et un certificat médical. Tout dossier incomplet sera rejeté.
Ne sont pas admis les agents déjà titulaires du grade.
"""

TWO_POSTS = """RECRUITMENT OF TWO OFFICERS

All applicants must be citizens of Kenya or Uganda.
Closing date: 30 June 2027.

POST 1 - LIBRARIAN

Requirements:
- Master's degree in library science
- 4 years of experience

POST 2 - DRIVER

Requirements:
- driving licence
- between 21 and 45 years of age

HOW TO APPLY

Send the form and a copy of your diploma to jobs@library.example.
"""
