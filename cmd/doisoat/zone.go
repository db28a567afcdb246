package main

import (
	"time"
	_ "time/tzdata" // the container and Windows bring no time zones of their own
)

// hoChiMinh is the time zone of the plans.
func hoChiMinh() *time.Location {
	zone, err := time.LoadLocation("Asia/Ho_Chi_Minh")
	if err != nil { // cannot be: the zones are built in
		return time.FixedZone("ICT", 7*60*60)
	}
	return zone
}
