# The CMake package of NativePlugins.
#
#   find_package(NativePlugins CONFIG REQUIRED)      with CMAKE_PREFIX_PATH set to the folder that holds include/ and lib/
#   add_native_plugin(<name> <source>...)            a plugin: lib<name>.so, lib<name>.dylib or <name>.dll, and its manifest
#
# The manifest is written by a host, which loads the library for that: NativePlugins_HOST, found as nplugin on the PATH, or
# beside this folder as dist/host. Without one the library has no manifest; it runs all the same.
include_guard(GLOBAL)

get_filename_component(_NativePlugins_prefix "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)

add_library(NativePlugins::NativePlugins INTERFACE IMPORTED)
set_target_properties(NativePlugins::NativePlugins PROPERTIES
    INTERFACE_INCLUDE_DIRECTORIES "${_NativePlugins_prefix}/include")

# Not by the name host elsewhere: that is a program of the domain name system.
find_program(NativePlugins_HOST NAMES host HINTS "${_NativePlugins_prefix}/.." NO_DEFAULT_PATH)
find_program(NativePlugins_HOST NAMES nplugin)

function(add_native_plugin name)
    add_library(${name} SHARED ${ARGN})
    target_link_libraries(${name} PRIVATE NativePlugins::NativePlugins)
    set_target_properties(${name} PROPERTIES
        C_VISIBILITY_PRESET hidden
        CXX_VISIBILITY_PRESET hidden
        VISIBILITY_INLINES_HIDDEN ON)
    get_property(languages GLOBAL PROPERTY ENABLED_LANGUAGES)
    if("C" IN_LIST languages)
        target_compile_features(${name} PRIVATE c_std_99)
    endif()
    if("CXX" IN_LIST languages)
        target_compile_features(${name} PRIVATE cxx_std_17)
    endif()
    if(WIN32)
        set_target_properties(${name} PROPERTIES PREFIX "")
    elseif(NOT APPLE)
        # An undefined function would end the process at its first call.
        target_link_options(${name} PRIVATE -Wl,--no-undefined)
        if("CXX" IN_LIST languages)
            # Or the loader would share inline variables and statics of inline functions between plugins, and between builds of
            # one: also those of the C++ library's headers, which stay visible.
            target_compile_options(${name} PRIVATE $<$<COMPILE_LANG_AND_ID:CXX,GNU>:-fno-gnu-unique>)
            # The C++ library is linked in, and its names are kept in: the loader would share them between plugins.
            target_link_options(${name} PRIVATE -static-libstdc++ -static-libgcc -Wl,--exclude-libs,ALL)
        endif()
    endif()
    if(NativePlugins_HOST)
        add_custom_command(TARGET ${name} POST_BUILD
            COMMAND "${NativePlugins_HOST}" manifest "$<TARGET_FILE:${name}>"
            COMMENT "Writing the manifest of ${name}"
            VERBATIM)
    else()
        message(STATUS "NativePlugins: no host was found to write the manifest of ${name}; set NativePlugins_HOST to nplugin or dist/host")
    endif()
endfunction()
