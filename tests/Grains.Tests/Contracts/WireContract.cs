using System.Reflection;

namespace BlueEdge.Grains.Tests.Contracts;

/// <summary>What types are on the wire and in the store, a line for each thing that must keep its meaning.</summary>
internal static class WireContract
{
    private const BindingFlags Own = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    /// <summary>
    /// Lines such as <c>blueedge.session-spec #6 = RetrySpec? Retry</c>: what stands before the sign never changes its meaning, which
    /// stands behind it.
    /// </summary>
    public static SortedDictionary<string, string> Of(params IEnumerable<Assembly> assemblies)
    {
        SortedDictionary<string, string> lines = new(StringComparer.Ordinal);
        foreach (var type in assemblies.SelectMany(assembly => assembly.GetTypes()).Where(type => !type.FullName!.StartsWith("OrleansCodeGen", StringComparison.Ordinal))) // None is a type parameter.
        {
            if (type.IsInterface && type.IsAssignableTo(typeof(IAddressable)))
            {
                AddInterface(lines, type);
            }
            else if (type.CustomAttributes.FirstOrDefault(attribute => attribute.AttributeType == typeof(GrainTypeAttribute)) is { } grain)
            {
                lines.Add($"grain {grain.ConstructorArguments[0].Value}", type.Name);
            }
            else if (type.IsDefined(typeof(GenerateSerializerAttribute), inherit: false))
            {
                AddType(lines, type);
            }
        }

        return lines;
    }

    private static void AddInterface(SortedDictionary<string, string> lines, Type type)
    {
        var alias = AliasOf(type);
        lines.Add(alias, $"interface {type.Name}");
        foreach (var method in type.GetMethods(Own))
        {
            var parameters = method.GetParameters().Select(parameter => $"{NameOf(parameter.ParameterType)} {parameter.Name}");
            lines.Add($"{alias} {AliasOf(method)}", $"{NameOf(method.ReturnType)} {method.Name}({string.Join(", ", parameters)})");
        }
    }

    private static void AddType(SortedDictionary<string, string> lines, Type type)
    {
        var alias = AliasOf(type);
        lines.Add(alias, type.Name);
        if (type.IsEnum)
        {
            foreach (var value in Enum.GetValues(type))
            {
                lines.Add($"{alias} #{Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture):000}", value.ToString()!); // It has a name.
            }

            return;
        }

        foreach (var (member, id) in type.GetMembers(Own).Select(member => (member, member.GetCustomAttribute<IdAttribute>()?.Id)).Where(member => member.Id is not null))
        {
            lines.Add($"{alias} #{id:000}", $"{NameOf(member is PropertyInfo property ? property.PropertyType : ((FieldInfo)member).FieldType)} {member.Name}");
        }
    }

    /// <summary>A name that survives a rename in the code.</summary>
    private static string AliasOf(MemberInfo member) => member.GetCustomAttributes<AliasAttribute>(inherit: false).FirstOrDefault()?.Alias
        ?? throw new InvalidOperationException($"{member.DeclaringType?.Name}.{member.Name} crosses processes and has no [Alias]: renaming it would break running clusters.");

    private static string NameOf(Type type) => type.IsGenericType
        ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>"
        : type.Name;
}
