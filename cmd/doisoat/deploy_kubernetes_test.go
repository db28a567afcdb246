package main

import (
	"maps"
	"slices"
	"testing"

	"doisoat/config"
)

// The types of this file are as much of Kubernetes' as the example uses.

type object struct {
	APIVersion string `yaml:"apiVersion"`
	Kind       string
	Metadata   objectMeta
	Spec       struct {
		AccessModes []string `yaml:"accessModes"`
		Resources   resources
		Replicas    int
		Selector    map[string]any // of pods, or of labels
		Template    podTemplate
		Schedule    string
		TimeZone    string `yaml:"timeZone"`
		Concurrency string `yaml:"concurrencyPolicy"`
		JobTemplate struct {
			Spec struct {
				BackoffLimit int `yaml:"backoffLimit"`
				Template     podTemplate
			}
		} `yaml:"jobTemplate"`
		Ports       []servicePort
		PodSelector labelSelector `yaml:"podSelector"`
		PolicyTypes []string      `yaml:"policyTypes"`
		Ingress     []struct {
			From  []peer
			Ports []policyPort
		}
		Egress []struct {
			To    []peer
			Ports []policyPort
		}
	}
}

type podTemplate struct {
	Metadata objectMeta
	Spec     podSpec
}

type objectMeta struct {
	Name, Namespace string
	Labels          map[string]string
}

type labelSelector struct {
	MatchLabels map[string]string `yaml:"matchLabels"`
}

type peer struct {
	NamespaceSelector labelSelector         `yaml:"namespaceSelector"`
	IPBlock           struct{ CIDR string } `yaml:"ipBlock"`
}

type policyPort struct {
	Protocol string
	Port     int
}

type servicePort struct {
	Name       string
	Port       int
	TargetPort string `yaml:"targetPort"`
}

type resources struct{ Requests, Limits map[string]string }

type podSpec struct {
	AutomountServiceAccountToken  *bool `yaml:"automountServiceAccountToken"`
	TerminationGracePeriodSeconds int   `yaml:"terminationGracePeriodSeconds"`
	SecurityContext               struct {
		RunAsNonRoot   bool                  `yaml:"runAsNonRoot"`
		RunAsUser      int                   `yaml:"runAsUser"`
		RunAsGroup     int                   `yaml:"runAsGroup"`
		FSGroup        int                   `yaml:"fsGroup"`
		SeccompProfile struct{ Type string } `yaml:"seccompProfile"`
	} `yaml:"securityContext"`
	RestartPolicy string `yaml:"restartPolicy"`
	Containers    []container
	Volumes       []struct {
		Name      string
		ConfigMap struct{ Name string } `yaml:"configMap"`
		Secret    struct {
			SecretName  string `yaml:"secretName"`
			DefaultMode int    `yaml:"defaultMode"`
		}
		PersistentVolumeClaim struct {
			ClaimName string `yaml:"claimName"`
		} `yaml:"persistentVolumeClaim"`
		EmptyDir struct {
			Medium    string
			SizeLimit string `yaml:"sizeLimit"`
		} `yaml:"emptyDir"`
	}
}

type container struct {
	Name, Image string
	Command     []string
	Args        []string
	Env         []struct{ Name, Value string }
	Ports       []struct {
		Name          string
		ContainerPort int `yaml:"containerPort"`
	}
	ReadinessProbe  probe `yaml:"readinessProbe"`
	LivenessProbe   probe `yaml:"livenessProbe"`
	Resources       resources
	SecurityContext struct {
		AllowPrivilegeEscalation *bool `yaml:"allowPrivilegeEscalation"`
		ReadOnlyRootFilesystem   bool  `yaml:"readOnlyRootFilesystem"`
		Capabilities             struct{ Drop []string }
	} `yaml:"securityContext"`
	VolumeMounts []struct {
		Name      string
		MountPath string `yaml:"mountPath"`
		ReadOnly  bool   `yaml:"readOnly"`
	} `yaml:"volumeMounts"`
}

type probe struct {
	HTTPGet             struct{ Path, Port string } `yaml:"httpGet"`
	TCPSocket           struct{ Port string }       `yaml:"tcpSocket"`
	InitialDelaySeconds int                         `yaml:"initialDelaySeconds"`
	PeriodSeconds       int                         `yaml:"periodSeconds"`
	TimeoutSeconds      int                         `yaml:"timeoutSeconds"`
}

func TestKubernetes(t *testing.T) {
	kinds := map[string]string{
		"Namespace": "v1", "PersistentVolumeClaim": "v1", "Service": "v1", "Deployment": "apps/v1", "CronJob": "batch/v1", "NetworkPolicy": "networking.k8s.io/v1",
	}
	claims, pods, services := map[string]bool{}, map[string]*object{}, []*object{}
	var backup *object
	objects := documents[object](t, "deploy/kubernetes.yml")
	for i := range objects {
		o := &objects[i]
		if kinds[o.Kind] != o.APIVersion || o.Metadata.Name == "" || o.Kind != "Namespace" && o.Metadata.Namespace != "doisoat" {
			t.Errorf("%s %s: version %s, namespace %q", o.Kind, o.Metadata.Name, o.APIVersion, o.Metadata.Namespace)
		}
		switch o.Kind {
		case "PersistentVolumeClaim":
			claims[o.Metadata.Name] = true
		case "Deployment":
			pods[o.Metadata.Name] = o
		case "CronJob":
			backup = o
		case "Service":
			services = append(services, o)
		}
	}
	if pods["web"] == nil || pods["worker"] == nil || pods["worker"].Spec.Replicas < 2 {
		t.Fatal("not one page and several workers")
	}
	for name, o := range pods {
		selected, _ := o.Spec.Selector["matchLabels"].(map[string]any)
		for key, value := range selected {
			if o.Spec.Template.Metadata.Labels[key] != value {
				t.Errorf("%s selects pods that it does not make: %s", name, key)
			}
		}
		checkPod(t, name, &o.Spec.Template.Spec, claims)
		accepts(t, name, o.Spec.Template.Spec.Containers[0].Args)
	}
	checkPod(t, "backup", &backup.Spec.JobTemplate.Spec.Template.Spec, claims)
	if zone := backup.Spec.TimeZone; zone != "Asia/Ho_Chi_Minh" || backup.Spec.Concurrency != "Forbid" {
		t.Errorf("the backup is made %s %s", backup.Spec.Schedule, zone)
	}
	page := pods["web"].Spec.Template.Spec.Containers[0]
	answers(t, "readiness", page.ReadinessProbe.HTTPGet.Path)
	for _, s := range services {
		labels := pods[s.Metadata.Name].Spec.Template.Metadata.Labels
		for key, value := range s.Spec.Selector {
			if labels[key] != value {
				t.Errorf("service %s finds no pod by %s", s.Metadata.Name, key)
			}
		}
		if s.Spec.Ports[0].TargetPort != page.Ports[0].Name {
			t.Errorf("service %s leads to port %s", s.Metadata.Name, s.Spec.Ports[0].TargetPort)
		}
	}
}

func checkPod(t *testing.T, name string, pod *podSpec, claims map[string]bool) {
	t.Helper()
	if s := pod.SecurityContext; !s.RunAsNonRoot || s.RunAsUser != 65532 || s.FSGroup != 65532 || s.SeccompProfile.Type != "RuntimeDefault" || *pod.AutomountServiceAccountToken {
		t.Errorf("%s: %+v", name, s)
	}
	volumes := map[string]bool{}
	for _, v := range pod.Volumes {
		volumes[v.Name] = true
		if claim := v.PersistentVolumeClaim.ClaimName; claim != "" && !claims[claim] {
			t.Errorf("%s: no claim %s", name, claim)
		}
	}
	for i := range pod.Containers {
		c := &pod.Containers[i]
		if !isPinned(c.Image) || !c.SecurityContext.ReadOnlyRootFilesystem || *c.SecurityContext.AllowPrivilegeEscalation ||
			!slices.Equal(c.SecurityContext.Capabilities.Drop, []string{"ALL"}) || c.Resources.Limits["memory"] == "" {
			t.Errorf("%s: %+v", name, c)
		}
		env := map[string]string{}
		for _, e := range c.Env {
			env[e.Name] = e.Value
		}
		hasNoPassword(t, name, env[config.EnvDatabase])
		mounted := map[string]bool{}
		for _, m := range c.VolumeMounts {
			mounted[m.Name] = true
		}
		if !maps.Equal(mounted, volumes) {
			t.Errorf("%s mounts %v of %v", name, mounted, volumes)
		}
	}
}
