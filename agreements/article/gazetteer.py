"""What countries, the people of countries, and seats of government are called. Facts only; the rules are in places.py.

A row is an alpha-3 code, then names, then adjectives and words for the people, then the seat of government and what
else stands for it; parts are separated by " / ", words by ", ". A word before which "~" stands is a name that people
bear too, or a common word.
"""

from __future__ import annotations

ROWS = """
AFG Afghanistan / Afghan, Afghans, Afghani / Kabul
AGO Angola / Angolan, Angolans / Luanda
ALB Albania / Albanian, Albanians / Tirana
AND Andorra / Andorran, Andorrans /
ARE United Arab Emirates, UAE, U.A.E., Emirates / Emirati, Emiratis / Abu Dhabi
ARG Argentina / Argentine, Argentines, Argentinian, Argentinians / Buenos Aires
ARM Armenia / Armenian, Armenians / Yerevan
ASM American Samoa / American Samoan, American Samoans / Pago Pago
ATG Antigua and Barbuda, Antigua & Barbuda, Antigua / Antiguan, Antiguans, Barbudan, Barbudans / St. John's, St John's
AUS Australia / Australian, Australians / Canberra
AUT Austria / Austrian, Austrians / ~Vienna
AZE Azerbaijan / Azerbaijani, Azerbaijanis, Azeri, Azeris / Baku
BDI Burundi / Burundian, Burundians / Gitega, Bujumbura
BEL Belgium / Belgian, Belgians /
BEN Benin / Beninese / Porto-Novo, Cotonou
BFA Burkina Faso / Burkinabe, Burkinabè, Burkinabé / Ouagadougou
BGD Bangladesh / Bangladeshi, Bangladeshis / Dhaka
BGR Bulgaria / Bulgarian, Bulgarians / ~Sofia
BHR Bahrain / Bahraini, Bahrainis / Manama
BHS Bahamas, The Bahamas / Bahamian, Bahamians / Nassau
BIH Bosnia and Herzegovina, Bosnia & Herzegovina, Bosnia-Herzegovina, Bosnia / Bosnian, Bosnians / Sarajevo
BLR Belarus / Belarusian, Belarusians / Minsk
BLZ Belize / Belizean, Belizeans / Belmopan
BMU Bermuda / Bermudian, Bermudians / ~Hamilton
BOL Bolivia / Bolivian, Bolivians / La Paz
BRA ~Brazil, Brasil / Brazilian, Brazilians / Brasília, Brasilia, Planalto
BRB Barbados / Barbadian, Barbadians, Bajan, Bajans / Bridgetown
BRN Brunei, Brunei Darussalam / Bruneian, Bruneians / Bandar Seri Begawan
BTN Bhutan / Bhutanese / Thimphu
BWA Botswana / Botswanan, Batswana, Motswana / Gaborone
CAF Central African Republic / Central African, Central Africans / Bangui
CAN Canada / Canadian, Canadians / Ottawa
CHE Switzerland / Swiss / Bern, Berne
CHL Chile / Chilean, Chileans / ~Santiago, La Moneda
CHN ~China, People's Republic of China / Chinese / Beijing
CIV Côte d'Ivoire, Cote d'Ivoire, Ivory Coast / Ivorian, Ivorians / Yamoussoukro, Abidjan
CMR Cameroon / Cameroonian, Cameroonians / Yaoundé, Yaounde
COD DR Congo, DRC, D.R.C., Democratic Republic of the Congo, Democratic Republic of Congo, Congo-Kinshasa, Zaire, \
eastern Congo / / Kinshasa
COG Republic of the Congo, Republic of Congo, Congo-Brazzaville, Congo Brazzaville, Congo Republic / / Brazzaville
COK Cook Islands / Cook Islander, Cook Islanders / Avarua
COL Colombia / Colombian, Colombians / Bogotá, Bogota
COM Comoros / Comorian, Comorians, Comoran / Moroni
CPV Cape Verde, Cabo Verde / Cape Verdean, Cape Verdeans, Cabo Verdean / ~Praia
CRI Costa Rica / Costa Rican, Costa Ricans / San José, San Jose
CUB ~Cuba / Cuban, Cubans / Havana
CUW Curaçao, Curacao / Curaçaoan / Willemstad
CYM Cayman Islands / Caymanian, Caymanians / George Town
CYP Cyprus / Cypriot, Cypriots, Greek Cypriot / Nicosia
CZE Czechia, Czech Republic / Czech, Czechs / Prague
DEU Germany / German, Germans / ~Berlin
DJI Djibouti / Djiboutian, Djiboutians /
DMA Dominica, Commonwealth of Dominica / / Roseau
DNK Denmark / Danish, Dane, Danes / Copenhagen
DOM Dominican Republic, República Dominicana / / Santo Domingo
DZA Algeria / Algerian, Algerians / Algiers
ECU Ecuador / Ecuadorian, Ecuadorians, Ecuadorean, Ecuadoran / Quito
EGY Egypt / Egyptian, Egyptians / Cairo
ERI Eritrea / Eritrean, Eritreans / Asmara
ESP ~Spain, España / Spanish, Spaniard, Spaniards / Madrid, Moncloa
EST Estonia / Estonian, Estonians / Tallinn
ETH Ethiopia / Ethiopian, Ethiopians / Addis Ababa
EUE European Union, EU, E.U., European Commission / / Brussels
FIN Finland / Finnish, Finn, Finns / Helsinki
FJI Fiji / Fijian, Fijians / Suva
FRA ~France, French Republic / ~French, Frenchman / ~Paris, Élysée, Elysée, Elysee, Quai d'Orsay
FSM Federated States of Micronesia, Micronesia, FSM / Micronesian, Micronesians / Palikir
GAB Gabon / Gabonese / Libreville
GBR United Kingdom, UK, U.K., Britain, Great Britain, ~England, Scotland, ~Wales, Northern Ireland / British, Briton, \
Britons, ~English, Scottish, Welsh / ~London, Downing Street, Whitehall, Westminster, Number 10, No 10, Home Office
GEO ~Georgia / ~Georgian, Georgians / Tbilisi
GHA Ghana / Ghanaian, Ghanaians, Ghanian / Accra, Jubilee House
GIN Guinea, Guinea-Conakry / Guinean, Guineans / Conakry
GMB Gambia, The Gambia / Gambian, Gambians / Banjul
GNB Guinea-Bissau, Guinea Bissau / Bissau-Guinean, Bissau-Guineans, Bissau Guinean / Bissau
GNQ Equatorial Guinea / Equatorial Guinean, Equatorial Guineans, Equatoguinean, Equatoguineans / Malabo, \
Ciudad de la Paz
GRC Greece / Greek, Greeks / Athens
GRD Grenada / Grenadian, Grenadians / St. George's, St George's
GRL Greenland / Greenlandic, Greenlander, Greenlanders / Nuuk
GTM Guatemala / Guatemalan, Guatemalans / Guatemala City
GUF French Guiana / / Cayenne
GUM Guam / Guamanian, Guamanians / Hagåtña
GUY Guyana, Co-operative Republic of Guyana / Guyanese / Georgetown
HKG Hong Kong / Hong Konger, Hong Kongers /
HND Honduras / Honduran, Hondurans / Tegucigalpa
HRV Croatia / Croatian, Croatians, Croat, Croats / Zagreb
HTI Haiti / Haitian, Haitians / Port-au-Prince
HUN Hungary / Hungarian, Hungarians / Budapest
IDN Indonesia / Indonesian, Indonesians / Jakarta
IND ~India / Indian, Indians / New Delhi, Delhi
IRL ~Ireland, Republic of Ireland / Irish / Dublin
IRN Iran / Iranian, Iranians / Tehran
IRQ Iraq / Iraqi, Iraqis / Baghdad
ISL Iceland / Icelandic, Icelander, Icelanders / Reykjavik, Reykjavík
ISR ~Israel / Israeli, Israelis / Jerusalem, Tel Aviv
ITA Italy / Italian, Italians / Rome, Palazzo Chigi
JAM Jamaica / Jamaican, Jamaicans / ~Kingston
JEY ~Jersey / /
JOR ~Jordan / Jordanian, Jordanians / Amman
JPN Japan / Japanese / Tokyo
KAZ Kazakhstan / Kazakh, Kazakhs, Kazakhstani / Astana
KEN ~Kenya / Kenyan, Kenyans / Nairobi
KGZ Kyrgyzstan / Kyrgyz / Bishkek
KHM Cambodia / Cambodian, Cambodians / Phnom Penh
KIR Kiribati / I-Kiribati / ~Tarawa
KNA Saint Kitts and Nevis, St Kitts and Nevis, St. Kitts and Nevis, St Kitts & Nevis, St. Kitts & Nevis, St Kitts, \
St. Kitts, Saint Kitts / Kittitian, Kittitians, Nevisian, Nevisians / Basseterre
KOR South Korea, Republic of Korea / South Korean, South Koreans / Seoul
KWT Kuwait / Kuwaiti, Kuwaitis / Kuwait City
LAO Laos / Lao, Laotian, Laotians / Vientiane
LBN Lebanon / Lebanese / Beirut
LBR Liberia / Liberian, Liberians / ~Monrovia
LBY Libya / Libyan, Libyans / Tripoli, Benghazi
LCA Saint Lucia, St Lucia, St. Lucia / Saint Lucian, Saint Lucians, St Lucian, St. Lucian, St Lucians / Castries
LIE Liechtenstein / / Vaduz
LKA Sri Lanka / Sri Lankan, Sri Lankans / Colombo
LSO Lesotho / Basotho, Mosotho / Maseru
LTU Lithuania / Lithuanian, Lithuanians / Vilnius
LUX Luxembourg / Luxembourger, Luxembourgers, Luxembourgish /
LVA Latvia / Latvian, Latvians / Riga
MAC Macau, Macao / Macanese /
MAR Morocco / Moroccan, Moroccans / Rabat
MCO Monaco / Monegasque /
MDA Moldova / Moldovan, Moldovans / Chisinau, Chișinău
MDG Madagascar / Malagasy / Antananarivo
MDV Maldives, The Maldives / Maldivian, Maldivians /
MEX Mexico, México / Mexican, Mexicans / Mexico City
MHL Marshall Islands / Marshallese / Majuro
MKD North Macedonia, Macedonia / Macedonian, Macedonians, North Macedonian / Skopje
MLI Mali / Malian, Malians / Bamako
MLT ~Malta / Maltese / Valletta
MMR Myanmar, Burma / Burmese / Naypyidaw, Naypyitaw
MNE Montenegro / Montenegrin, Montenegrins / Podgorica
MNG Mongolia / Mongolian, Mongolians / Ulaanbaatar, Ulan Bator
MNP Northern Mariana Islands, Northern Marianas / / Saipan
MOZ Mozambique / Mozambican, Mozambicans / Maputo
MRT Mauritania / Mauritanian, Mauritanians / Nouakchott
MUS Mauritius / Mauritian, Mauritians / ~Port Louis
MWI Malawi / Malawian, Malawians / Lilongwe
MYS Malaysia / Malaysian, Malaysians / Kuala Lumpur, Putrajaya
NAM Namibia / Namibian, Namibians / Windhoek
NCL New Caledonia / New Caledonian, New Caledonians / Nouméa, Noumea
NER Niger / Nigerien, Nigeriens / Niamey
NGA Nigeria / Nigerian, Nigerians / Abuja, Aso Rock, Aso Villa
NIC Nicaragua / Nicaraguan, Nicaraguans / Managua
NIU Niue / Niuean, Niueans / Alofi
NLD Netherlands, The Netherlands, ~Holland / Dutch, Dutchman / The Hague, Hague
NOR Norway / Norwegian, Norwegians / Oslo
NPL Nepal / Nepali, Nepalis, Nepalese / Kathmandu
NRU Nauru / Nauruan, Nauruans / Yaren
NZL New Zealand, Aotearoa / New Zealander, New Zealanders, Kiwi, Kiwis / ~Wellington
OMN Oman / Omani, Omanis / Muscat
PAK Pakistan / Pakistani, Pakistanis / Islamabad
PAN Panama, Panamá / Panamanian, Panamanians / Panama City
PER Peru / Peruvian, Peruvians / ~Lima
PHL Philippines, The Philippines / Philippine, Filipino, Filipinos, Filipina / Manila, Malacañang, Malacañan
PLW Palau / Palauan, Palauans / Koror, Ngerulmud
PNG Papua New Guinea, PNG / Papua New Guinean, Papua New Guineans / Port Moresby
POL Poland / ~Polish, Poles / Warsaw
PRI Puerto Rico / Puerto Rican, Puerto Ricans / San Juan
PRK North Korea, DPRK / North Korean, North Koreans / Pyongyang
PRT Portugal / Portuguese / Lisbon
PRY Paraguay / Paraguayan, Paraguayans / Asunción, Asuncion
PSE Palestine, Palestinian Authority / Palestinian, Palestinians / Ramallah
PYF French Polynesia / French Polynesian / Papeete
QAT Qatar / Qatari, Qataris / Doha
ROU Romania / Romanian, Romanians / Bucharest
RUS Russia, Russian Federation / Russian, Russians / Moscow, Kremlin
RWA Rwanda / Rwandan, Rwandans, Rwandese / Kigali, Urugwiro
SAU Saudi Arabia / Saudi, Saudis, Saudi Arabian / Riyadh
SDN Sudan / Sudanese / Khartoum, Port Sudan
SEN Senegal / Senegalese / Dakar
SGP Singapore / Singaporean, Singaporeans /
SLB Solomon Islands / Solomon Islander, Solomon Islanders / Honiara
SLE Sierra Leone / Sierra Leonean, Sierra Leoneans / Freetown
SLV El Salvador / Salvadoran, Salvadorans, Salvadorean, Salvadoreans, Salvadorian / San Salvador
SMR San Marino / Sammarinese /
SOM Somalia / Somali, Somalis / Mogadishu
SRB Serbia / Serbian, Serbians, Serb, Serbs / Belgrade
SSD South Sudan / South Sudanese / Juba
STP São Tomé and Príncipe, Sao Tome and Principe / Santomean / São Tomé, Sao Tome
SUR Suriname, Surinam / Surinamese / Paramaribo
SVK Slovakia / Slovak, Slovaks, Slovakian / Bratislava
SVN Slovenia / Slovenian, Slovenians, Slovene, Slovenes / Ljubljana
SWE Sweden / Swedish, Swede, Swedes / Stockholm
SWZ Eswatini, eSwatini, Swaziland, Kingdom of Eswatini / Swazi, Swazis, Emaswati, liSwati / Mbabane, Lobamba
SYC Seychelles / Seychellois / ~Victoria
SYR Syria / Syrian, Syrians / Damascus
TCA Turks and Caicos Islands, Turks and Caicos, Turks & Caicos / / Cockburn Town, Grand Turk
TCD ~Chad / Chadian, Chadians / N'Djamena, N’Djamena
TGO Togo / Togolese / Lomé, Lome
THA Thailand / Thai, Thais / Bangkok
TJK Tajikistan / Tajik, Tajiks, Tajikistani / Dushanbe
TKM Turkmenistan / Turkmen / Ashgabat
TLS Timor-Leste, Timor Leste, East Timor / Timorese, East Timorese / Dili
TON Tonga / Tongan, Tongans / Nuku'alofa, Nuku’alofa
TTO Trinidad and Tobago, Trinidad & Tobago, ~Trinidad, T&T / Trinidadian, Trinidadians, Tobagonian / Port of Spain, \
Port-of-Spain
TUN Tunisia / Tunisian, Tunisians / Tunis
TUR Türkiye, Turkiye, Turkey / Turkish, Turk, Turks / Ankara
TUV Tuvalu / Tuvaluan, Tuvaluans / Funafuti
TWN Taiwan / Taiwanese / Taipei
TZA Tanzania / Tanzanian, Tanzanians / Dodoma, Dar es Salaam
UGA Uganda / Ugandan, Ugandans / Kampala, Entebbe
UKR Ukraine / Ukrainian, Ukrainians / Kyiv, Kiev
URY Uruguay / Uruguayan, Uruguayans / Montevideo
USA United States of America, United States, US, U.S., USA, U.S.A., America / American, Americans / ~Washington, \
White House, State Department, Pentagon, Homeland Security, DHS, Capitol Hill, Washington DC, Washington D.C., \
Trump administration, Biden administration
UZB Uzbekistan / Uzbek, Uzbeks, Uzbekistani / Tashkent
VAT Vatican City, Vatican, Holy See / /
VCT Saint Vincent and the Grenadines, St Vincent and the Grenadines, St. Vincent and the Grenadines, \
St Vincent & the Grenadines, St Vincent, St. Vincent / Vincentian, Vincentians / Kingstown
VEN Venezuela / Venezuelan, Venezuelans / Caracas, Miraflores
VGB British Virgin Islands / / Road Town
VIR U.S. Virgin Islands, US Virgin Islands / / Charlotte Amalie
VNM Vietnam, Viet Nam / Vietnamese / Hanoi
VUT Vanuatu / Ni-Vanuatu / Port Vila
WSM Samoa / Samoan, Samoans / Apia
XKX Kosovo / Kosovar, Kosovars, Kosovan, Kosovans / Pristina, Prishtina
YEM Yemen / Yemeni, Yemenis / Sanaa, Sana'a, Aden
ZAF South Africa / South African, South Africans / Pretoria, Union Buildings
ZMB Zambia / Zambian, Zambians / Lusaka
ZWE Zimbabwe / Zimbabwean, Zimbabweans / Harare
"""

NO_COUNTRY = (
    "New Jersey|New Mexico|New England|Latin America|Latin American|Latin Americans|South America|South American|"
    "South Americans|North America|North American|North Americans|Central America|Central American|Central Americans|"
    "African American|African Americans|African-American|Native American|Native Americans|Asian American|"
    "Indian Ocean|West Indian|West Indies|West Indians|American Indian|South China Sea|East China Sea|Gulf of Mexico|"
    "Gulf of America|Gulf of Guinea|Lake Chad|Lake Malawi|Jordan River|River Jordan|Jordan Valley|Niger Delta|"
    "Niger River|River Niger|Congo River|River Congo|Congo Basin|New Guinea|Guinea pig|Washington Post|"
    "The Washington Post|Washington Times|Washington state|Washington State|State of Washington|state of Washington|"
    "Washington Examiner|British Columbia|French Open|Swiss Cottage|Paris Agreement|Paris Accord|Geneva Convention|"
    "Dublin Regulation|Dublin system|Dublin III|Rome Statute|Schengen|Irish Sea|English Channel|English-language|"
    "in English|Georgia Tech|state of Georgia|State of Georgia|Turkish Airlines|Vienna Convention|Abuja Declaration|"
    "Kampala Convention|London Clinic|Organization of American States|Organisation of American States|"
    "British Indian Ocean Territory|Panama Canal|Panama Papers|Lima, Ohio|Naples|German Shepherd|"
    "Union of South American Nations|Bank of America|Miss America|Panama City Beach|Guinea fowl|"
    "Court of Justice of the European Union"
)
"""Names that hold a country's and mean another place or thing, separated by "|"."""

DOUBTFUL = {
    "Congo": (("COD", ("DRC", "D.R.C.", "Kinshasa", "Goma", "Bukavu", "Kivu", "Tshisekedi", "Democratic Republic")),
              ("COG", ("Brazzaville", "Sassou", "Nguesso", "Pointe-Noire", "Congo Republic"))),
    "Dominican": (("DOM", ("Dominican Republic", "Santo Domingo", "Abinader", "Punta Cana", "Haitian", "Haiti")),
                  ("DMA", ("Dominica", "Roseau", "Skerrit"))),
    "Korea": (("KOR", ("South Korea", "Seoul")), ("PRK", ("North Korea", "Pyongyang"))),
}  # fmt: skip
"""Names that two countries share: each with the words that speak for one. The first is what the name alone means."""

SAME_NAME = {
    "Congo": "Congo", "Congolese": "Congo", "Dominican": "Dominican", "Dominicans": "Dominican",
    "Korea": "Korea", "Korean": "Korea", "Koreans": "Korea",
}  # fmt: skip
"""Words that have to be decided, each with its entry in DOUBTFUL."""
