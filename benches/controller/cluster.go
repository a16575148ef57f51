package main

import (
	"fmt"

	apps "k8s.io/api/apps/v1"
	core "k8s.io/api/core/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
)

const namespace = "ns"

// daemonSet asks for two labels and tolerates five taints.
func daemonSet() *apps.DaemonSet {
	labels := map[string]string{"app": "agent"}
	one, none, history := intstr.FromInt32(1), intstr.FromInt32(0), int32(10)
	set := &apps.DaemonSet{
		ObjectMeta: meta.ObjectMeta{
			Namespace:   namespace,
			Name:        "agent",
			UID:         "u1",
			Generation:  1,
			Annotations: map[string]string{apps.DeprecatedTemplateGeneration: "1"},
		},
		Spec: apps.DaemonSetSpec{
			Selector:             &meta.LabelSelector{MatchLabels: labels},
			RevisionHistoryLimit: &history,
			UpdateStrategy: apps.DaemonSetUpdateStrategy{
				RollingUpdate: &apps.RollingUpdateDaemonSet{MaxUnavailable: &one, MaxSurge: &none},
			},
		},
	}
	set.Spec.Template.Labels = labels
	set.Spec.Template.Spec = core.PodSpec{
		Containers:   []core.Container{{Name: "agent", Image: "example.com/agent:1"}},
		NodeSelector: map[string]string{"kubernetes.io/os": "linux", "pool": "general"},
		Tolerations: []core.Toleration{
			{Key: "dedicated", Operator: "Equal", Value: "infra", Effect: "NoSchedule"},
			{Key: "node-role.kubernetes.io/control-plane", Operator: "Exists"},
			{Key: "example.com/gpu", Operator: "Exists", Effect: "NoSchedule"},
			{Key: "spot", Operator: "Equal", Value: "true"},
			{Key: "maintenance", Operator: "Exists", Effect: "NoExecute"},
		},
	}
	return set
}

// node has 25 labels and two taints, which the set tolerates.
func node(number int) *core.Node {
	name := fmt.Sprintf("node-%06d", number)
	labels := map[string]string{
		"kubernetes.io/os":       "linux",
		"kubernetes.io/hostname": name,
		"pool":                   "general",
	}
	for label := 3; label < 25; label++ {
		labels[fmt.Sprintf("example.com/label-%02d", label)] = fmt.Sprintf("value-%d", number%7)
	}
	return &core.Node{
		ObjectMeta: meta.ObjectMeta{Name: name, Labels: labels},
		Spec: core.NodeSpec{Taints: []core.Taint{
			{Key: "dedicated", Value: "infra", Effect: "NoSchedule"},
			{Key: "spot", Value: "true", Effect: "NoSchedule"},
		}},
	}
}

// pod runs on the node, and has for long.
func pod(number int, set *apps.DaemonSet, template *core.PodTemplateSpec) *core.Pod {
	kind := apps.SchemeGroupVersion.WithKind("DaemonSet")
	made := &core.Pod{
		ObjectMeta: meta.ObjectMeta{
			Namespace:       namespace,
			Name:            fmt.Sprintf("agent-%05d", number*7919%99991),
			Labels:          map[string]string{},
			OwnerReferences: []meta.OwnerReference{*meta.NewControllerRef(set, kind)},
		},
		Spec: *template.Spec.DeepCopy(),
		Status: core.PodStatus{
			Phase: core.PodRunning,
			Conditions: []core.PodCondition{
				{Type: core.PodReady, Status: core.ConditionTrue, LastTransitionTime: meta.Unix(1, 0)},
			},
		},
	}
	for key, value := range template.Labels {
		made.Labels[key] = value
	}
	made.Spec.NodeName = node(number).Name
	return made
}
