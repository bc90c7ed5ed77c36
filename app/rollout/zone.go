package rollout

import "strings"

// zonesByPlace gives the countries of zones that many hospitals will be in, as tz's zone.tab assigns them. Where a zone is missing the country has to
// be said, which is better than a wrong guess: it decides how phone numbers are read.
var zonesByPlace = map[string]string{
	"Europe": "AT Vienna BE Brussels BG Sofia CH Zurich CY Nicosia CZ Prague DE Berlin DK Copenhagen EE Tallinn ES Madrid FI Helsinki FR Paris GB London " +
		"GR Athens HR Zagreb HU Budapest IE Dublin IT Rome LT Vilnius LU Luxembourg LV Riga MT Malta NL Amsterdam NO Oslo PL Warsaw PT Lisbon RO Bucharest " +
		"RS Belgrade SE Stockholm SI Ljubljana SK Bratislava TR Istanbul UA Kyiv UA Kiev",
	"Africa": "CD Kinshasa CI Abidjan CM Douala DZ Algiers EG Cairo ET Addis_Ababa GH Accra KE Nairobi MA Casablanca MW Blantyre MZ Maputo NG Lagos RW Kigali " +
		"SD Khartoum SN Dakar TN Tunis TZ Dar_es_Salaam UG Kampala ZA Johannesburg ZM Lusaka ZW Harare",
	"America": "AR Argentina/Buenos_Aires BO La_Paz BR Sao_Paulo CA Toronto CA Vancouver CA Halifax CA Winnipeg CA Edmonton CL Santiago CO Bogota CR Costa_Rica " +
		"DO Santo_Domingo EC Guayaquil GT Guatemala HN Tegucigalpa HT Port-au-Prince JM Jamaica MX Mexico_City NI Managua PA Panama PE Lima PR Puerto_Rico " +
		"PY Asuncion SV El_Salvador US New_York US Chicago US Denver US Los_Angeles US Phoenix US Anchorage US Detroit UY Montevideo VE Caracas",
	"Asia": "AE Dubai AF Kabul BD Dhaka CN Shanghai HK Hong_Kong ID Jakarta IL Jerusalem IN Kolkata IN Calcutta IQ Baghdad IR Tehran JO Amman JP Tokyo KH Phnom_Penh " +
		"KR Seoul KW Kuwait KZ Almaty LB Beirut LK Colombo MM Yangon MY Kuala_Lumpur NP Kathmandu OM Muscat PH Manila PK Karachi QA Qatar SA Riyadh SG Singapore " +
		"SY Damascus TH Bangkok TW Taipei UZ Tashkent VN Ho_Chi_Minh YE Aden CY Nicosia",
	"Australia": "AU Sydney AU Melbourne AU Brisbane AU Perth AU Adelaide AU Darwin AU Hobart",
	"Pacific":   "FJ Fiji NZ Auckland PG Port_Moresby US Honolulu",
	"Atlantic":  "IS Reykjavik PT Azores PT Madeira ES Canary",
}

// countryOf guesses a country's two letters from a zone; "" where it can't be told.
func countryOf(zone string) string {
	place, city, _ := strings.Cut(zone, "/")
	words := strings.Fields(zonesByPlace[place])
	for i := 0; i+1 < len(words); i += 2 {
		if words[i+1] == city {
			return words[i]
		}
	}
	return ""
}
