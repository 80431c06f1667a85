/** Questions of fact and their answers, written for Agon: two for each topic and interrogative word. */

export const TOPICS: Readonly<Record<string, string>> = {
  'Science and Technology': 'nature’s laws, inventions and machines',
  'Health and Wellness': 'the body, and how to stay well',
  'History and Culture': 'the past, and how people lived',
  'Arts and Entertainment': 'music, painting, writing and play',
  'Nature and Environment': 'animals, plants and seasons',
  'Travel and Geography': 'places and journeys',
  'Society and Politics': 'states, laws and public life',
  'Education and Learning': 'schools, books and knowledge',
  'Food and Cooking': 'meals and what they are made of',
  'Relationships and Life': 'family, friends and occasions',
}

export const WORDS = ['Where', 'Who', 'What', 'When'] as const

export interface Fact {
  readonly topic: string
  readonly word: (typeof WORDS)[number]
  readonly question: string
  /** The first is the one that is given. */
  readonly answers: readonly string[]
}

/** `question | answer | further answers`, by topic. */
const WRITTEN: Readonly<Record<string, string>> = {
  'Science and Technology': `
Where does the sun rise? | east
Where is the Hubble telescope? | orbit | space
Who discovered penicillin? | Fleming
Who proposed general relativity? | Einstein
What is H2O? | water
What gas do plants take in? | carbon dioxide | CO2
When did people first land on the Moon? | 1969
When was the Web invented? | 1989`,
  'Health and Wellness': `
Where is the femur? | thigh | leg
Where does digestion begin? | mouth
Who examines eyes? | optometrist | optician | ophthalmologist
Who cares for teeth? | dentist
What organ pumps blood? | heart
What do lungs take in? | air | oxygen
When is breakfast eaten? | morning
When do most people sleep? | night`,
  'History and Culture': `
Where are the pyramids of Giza? | Egypt
Where did the Olympics begin? | Greece
Who was the first US president? | Washington
Who crossed the Alps with elephants? | Hannibal
What did Romans speak? | Latin
What was Istanbul called in 1000? | Constantinople
When did the Titanic sink? | 1912
When did the Berlin Wall fall? | 1989`,
  'Arts and Entertainment': `
Where is the Louvre? | Paris | France
Where is the Sistine Chapel? | Rome | Vatican
Who wrote Hamlet? | Shakespeare
Who painted Guernica? | Picasso
What has 88 keys? | piano
What colour do blue and yellow make? | green
When was Mozart born? | 1756
When was Beethoven born? | 1770`,
  'Nature and Environment': `
Where do polar bears live? | Arctic | north
Where do honey bees live? | hive
Who wrote On the Origin of Species? | Darwin
Who studied chimpanzees at Gombe? | Goodall
What do pandas eat? | bamboo
What do caterpillars become? | butterflies | butterfly | moths
When do leaves fall? | autumn | fall
When do owls hunt? | night`,
  'Travel and Geography': `
Where is Mount Fuji? | Japan
Where is Machu Picchu? | Peru
Who led the first voyage around the world? | Magellan | Elcano
Who charted eastern Australia in 1770? | Cook
What is the capital of France? | Paris
What is the longest river in Africa? | Nile
When did the Suez Canal open? | 1869
When was the Eiffel Tower finished? | 1889`,
  'Society and Politics': `
Where is the White House? | Washington
Where does the UN have its seat? | New York
Who heads a city council? | mayor
Who makes laws in a democracy? | parliament | legislature
What is the currency of Japan? | yen
What do voters cast? | votes | ballots
When was the UN founded? | 1945
When did the euro become cash? | 2002`,
  'Education and Learning': `
Where are books lent? | library
Where is Oxford University? | England | Oxford
Who teaches a class? | teacher
Who invented writing for the blind? | Braille
What is 7 times 8? | 56
What letter follows M? | N
When do leap days occur? | February
When is a diploma given? | graduation`,
  'Food and Cooking': `
Where does paella come from? | Spain
Where does sushi come from? | Japan
Who bakes bread? | baker
Who runs a restaurant kitchen? | chef
What makes bread rise? | yeast
What is tofu made from? | soybeans | soy | soya
When is lunch eaten? | noon | midday
When is supper eaten? | evening`,
  'Relationships and Life': `
Where is a wedding ring worn? | finger
Where do newlyweds travel? | honeymoon
Who is your mother's sister? | aunt
Who is your father's father? | grandfather
What is a group of kin called? | family
What do friends shake? | hands
When is Valentine's Day? | February
When is a year of life complete? | birthday`,
}

export const FACTS: readonly Fact[] = Object.entries(WRITTEN).flatMap(([topic, lines]) =>
  lines
    .trim()
    .split('\n')
    .map((line): Fact => {
      const [question, ...answers] = line.split(' | ')
      const word = WORDS.find((one) => question.startsWith(one)) ?? WORDS[0]
      return { topic, word, question, answers }
    }),
)
