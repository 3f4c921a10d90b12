// Draws per CPU second of Google's Laplace noise for int64, which the library offers as AddNoiseInt64.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"syscall"

	"github.com/google/differential-privacy/go/v3/noise"
)

func cpu() float64 {
	var u syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return float64(u.Utime.Sec+u.Stime.Sec) + float64(u.Utime.Usec+u.Stime.Usec)/1e6
}

func main() {
	const draws = 300_000
	laplace := noise.Laplace()
	var sum int64
	run := func(n int) float64 {
		before := cpu()
		for i := 0; i < n; i++ {
			x, err := laplace.AddNoiseInt64(0, 1, 1, 0.1, 0) // epsilon 0.1: scale 10
			if err != nil {
				panic(err)
			}
			sum += x
		}
		return float64(n) / (cpu() - before)
	}
	run(20_000)
	out, _ := json.Marshal(map[string]any{"googleGoLaplace": run(draws), "scale": 10})
	fmt.Println(string(out))
	fmt.Fprintln(os.Stderr, sum)
}
