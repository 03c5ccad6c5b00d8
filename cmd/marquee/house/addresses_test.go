package house_test

import "net/netip"

// home1 is a network address that votes come from.
var home1 = netip.MustParseAddr("203.0.113.7")
