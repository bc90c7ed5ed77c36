package access

import "wardbook/data"

// ColleagueIn gives one colleague inside a transaction of a use case of another package whose action names the table of users: for who
// treats, orders or is told. NotFound.
func ColleagueIn(tx data.Tx, id UserID) (Colleague, error) {
	r, err := users.Get(tx, id)
	if err != nil {
		return Colleague{}, err
	}
	return Colleague{r.ID, r.Value.Name, r.Value.Roles, r.Value.Speciality, r.Value.Inactive}, nil
}
