// Measures one sync of the real DaemonSet controller of Kubernetes 1.37.2 with nothing to do: processor time a node,
// on one core. It prints a line for each strategy, the least of all runs in nanoseconds:
//
//	go run . [-nodes 5000] [-runs 3] [-rounds 20]
//
// For development only. The first run fetches Kubernetes and compiles for some minutes.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"log"
	"math"
	"runtime"
	"syscall"
	"time"
	_ "unsafe" // go:linkname

	apps "k8s.io/api/apps/v1"
	core "k8s.io/api/core/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes/fake"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/util/flowcontrol"
	"k8s.io/klog/v2"
	"k8s.io/kubernetes/pkg/controller/daemon"
	"k8s.io/kubernetes/pkg/controller/daemon/util"
)

// The controller exports nothing but its endless loop.
//
//go:linkname syncDaemonSet k8s.io/kubernetes/pkg/controller/daemon.(*DaemonSetsController).syncDaemonSet
func syncDaemonSet(c *daemon.DaemonSetsController, ctx context.Context, key string) error

// cluster is what the controller's caches hold.
type cluster struct {
	set       *apps.DaemonSet
	nodes     []*core.Node
	pods      []*core.Pod
	revisions []*apps.ControllerRevision
}

func main() {
	nodes := flag.Int("nodes", 5000, "nodes, each with its pod")
	runs := flag.Int("runs", 3, "runs, of which the least counts")
	rounds := flag.Int("rounds", 20, "syncs a run")
	flag.Parse()
	runtime.GOMAXPROCS(1)
	klog.LogToStderr(false)
	klog.SetOutput(io.Discard)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	c := atRest(ctx, *nodes)
	for _, strategy := range []apps.DaemonSetUpdateStrategyType{"OnDelete", "RollingUpdate"} {
		c.set = c.set.DeepCopy()
		c.set.Spec.UpdateStrategy.Type = strategy
		sync, client := c.controller(ctx)
		sync()
		least := math.Inf(1)
		for range *runs {
			before := processorTime()
			for range *rounds {
				sync()
			}
			spent := float64(processorTime()-before) / float64(*rounds**nodes)
			least = math.Min(least, spent)
		}
		if wrote := client.Actions(); len(wrote) > 0 {
			log.Fatalf("the cluster was not at rest: %v", wrote[0])
		}
		fmt.Printf("%s %.0f\n", strategy, least)
	}
}

// atRest makes a cluster in which the set's pods are all there and of the current revision.
func atRest(ctx context.Context, count int) *cluster {
	c := &cluster{set: daemonSet()}
	sync, client := c.controller(ctx)
	sync()
	list, err := client.AppsV1().ControllerRevisions(namespace).List(ctx, meta.ListOptions{})
	if err != nil || len(list.Items) != 1 {
		log.Fatalf("%d revisions: %v", len(list.Items), err)
	}
	c.revisions = append(c.revisions, &list.Items[0])
	hash := list.Items[0].Labels[apps.DefaultDaemonSetUniqueLabelKey]
	generation := int64(1)
	template := util.CreatePodTemplate(c.set.Spec.Template, &generation, hash)
	for number := range count {
		c.nodes = append(c.nodes, node(number))
		c.pods = append(c.pods, pod(number, c.set, &template))
	}
	all := int32(count)
	c.set.Status = apps.DaemonSetStatus{
		ObservedGeneration:     1,
		DesiredNumberScheduled: all,
		CurrentNumberScheduled: all,
		UpdatedNumberScheduled: all,
		NumberReady:            all,
		NumberAvailable:        all,
	}
	return c
}

// controller makes a real controller whose caches are filled by hand, and gives its sync.
func (c *cluster) controller(ctx context.Context) (func(), *fake.Clientset) {
	client := fake.NewSimpleClientset(c.set.DeepCopy())
	shared := informers.NewSharedInformerFactory(client, 0)
	sets, history := shared.Apps().V1().DaemonSets(), shared.Apps().V1().ControllerRevisions()
	pods, nodes := shared.Core().V1().Pods(), shared.Core().V1().Nodes()
	backoff := flowcontrol.NewBackOff(time.Second, 15*time.Minute)
	made, err := daemon.NewDaemonSetsController(ctx, sets, history, pods, nodes, client, backoff)
	if err != nil {
		log.Fatal(err)
	}
	fill(sets.Informer(), c.set)
	fill(history.Informer(), c.revisions...)
	fill(nodes.Informer(), c.nodes...)
	fill(pods.Informer(), c.pods...)
	client.ClearActions()
	return func() {
		if err := syncDaemonSet(made, ctx, namespace+"/"+c.set.Name); err != nil {
			log.Fatal(err)
		}
	}, client
}

func fill[T any](informer cache.SharedIndexInformer, objects ...T) {
	for _, object := range objects {
		if err := informer.GetStore().Add(object); err != nil {
			log.Fatal(err)
		}
	}
}

// processorTime is what this process has used, in nanoseconds.
func processorTime() int64 {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		log.Fatal(err)
	}
	return usage.Utime.Nano() + usage.Stime.Nano()
}
