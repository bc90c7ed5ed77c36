package hospital

import (
	"context"
	"time"

	"wardbook/app/access"
	"wardbook/app/order"
	"wardbook/app/patient"
	"wardbook/app/schedule"
	"wardbook/app/ward"
	"wardbook/data"
)

// round is how often background work looks for something to do.
const round = time.Minute

// Work does what falls due while the program runs, under the program's own session, until ctx ends: offers of the waiting list that nobody answered
// pass on to the next in line.
func (h *Hospital) Work(ctx context.Context) {
	ticker := time.NewTicker(round)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			h.once(ctx)
		}
	}
}

// once does one round; nothing while nobody has signed in since the start.
func (h *Hospital) once(ctx context.Context) {
	machine := h.Machine()
	if machine == nil {
		return
	}
	if err := schedule.ExpireOffers(ctx, machine); err != nil && ctx.Err() == nil {
		h.o.Log.Warn("offers could not be passed on", "cause", err)
	}
}

// askOrders has a discharge ask what was ordered and is not done.
func askOrders() {
	ward.AskBeforeDischarge("orders", func(tx data.Tx, who patient.ID) ([]ward.Item, error) {
		open, err := order.Open(tx, who)
		items := make([]ward.Item, len(open))
		for i, says := range open {
			items[i] = ward.Item{Kind: "order", Says: says}
		}
		return items, err
	})
}

// treats tells whether a doctor treats a patient: by a stay or by an appointment.
func treats(tx data.Tx, doctor access.UserID, about data.ID) (bool, error) {
	who, err := patient.ID{}.FromRecordID(about)
	if err != nil {
		return false, err
	}
	if yes, err := ward.TreatsIn(tx, doctor, who); yes || err != nil {
		return yes, err
	}
	return schedule.TreatsIn(tx, doctor, who)
}
