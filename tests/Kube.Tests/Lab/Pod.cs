using System.Text.Json;

namespace BlueEdge.Kube.Tests.Lab;

/// <summary>Reads what Kubernetes says of a pod.</summary>
internal static class Pod
{
    public static string NameOf(JsonElement pod) => pod.GetProperty("metadata").GetProperty("name").GetString()!; // Each object has one.

    /// <summary>Its address, once it has one.</summary>
    public static string? AddressOf(JsonElement pod) => pod.GetProperty("status").TryGetProperty("podIP", out var address) ? address.GetString() : null;

    /// <summary>Whether it was told to end.</summary>
    public static bool IsLeaving(JsonElement pod) => pod.GetProperty("metadata").TryGetProperty("deletionTimestamp", out _);

    public static bool IsReady(JsonElement pod) =>
        pod.TryGetProperty("status", out var status)
        && status.TryGetProperty("conditions", out var conditions)
        && conditions.ValueKind is JsonValueKind.Array
        && conditions.EnumerateArray().Any(condition => condition.GetProperty("type").GetString() is "Ready" && condition.GetProperty("status").GetString() is "True");

    /// <summary>Whether it is a pod of this deployment.</summary>
    public static bool IsOf(JsonElement pod, string deployment) => NameOf(pod).StartsWith($"{deployment}-", StringComparison.Ordinal);

    public static string? AnnotationOf(JsonElement pod, string name) =>
        pod.GetProperty("metadata").TryGetProperty("annotations", out var annotations) && annotations.TryGetProperty(name, out var value) ? value.GetString() : null;

    /// <summary>What its first container runs.</summary>
    public static string ImageOf(JsonElement pod) => pod.GetProperty("spec").GetProperty("containers")[0].GetProperty("image").GetString()!; // Each container has one.
}
