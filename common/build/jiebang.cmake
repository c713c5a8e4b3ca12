# How a folder says what it is: one library with its tests, one binary, or one package of protos. Names are given without
# the prefix that keeps our targets apart from everybody else's: `store` is the target jiebang_store.

# The targets behind the names of a DEPS list. A name is a library of ours, or a target that stands for itself.
function(jiebang_resolve_ output)
  set(targets)
  foreach(name IN LISTS ARGN)
    if(name MATCHES "::")
      list(APPEND targets ${name})
      continue()
    endif()
    if(NOT TARGET jiebang_${name} AND TARGET ${name})
      get_target_property(type ${name} TYPE)
      if(NOT type STREQUAL "EXECUTABLE") # a binary may bear the name of a library that is declared later
        list(APPEND targets ${name})
        continue()
      endif()
    endif()
    list(APPEND targets jiebang_${name})
    set_property(GLOBAL APPEND PROPERTY JIEBANG_NAMED_DEPS jiebang_${name})
  endforeach()
  set(${output} ${targets} PARENT_SCOPE)
endfunction()

# Names the libraries that somebody depends on and nobody declares, before the linker does so less readably. To be called
# at the end of the root file, because libraries may be declared in any order.
function(jiebang_check_dependencies)
  get_property(targets GLOBAL PROPERTY JIEBANG_NAMED_DEPS)
  list(REMOVE_DUPLICATES targets)
  foreach(target IN LISTS targets)
    if(NOT TARGET ${target})
      message(WARNING "${target} is in a DEPS list and is no target")
    endif()
  endforeach()
endfunction()

# Adds the named folders. One that has no CMakeLists.txt yet is picked up by the build that follows its appearance.
macro(jiebang_folders)
  foreach(folder ${ARGN})
    # Only to be asked again: a new file changes what the glob finds, and that reruns CMake.
    file(GLOB found_ CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${folder}/CMakeLists.txt)
    if(found_)
      add_subdirectory(${folder})
    endif()
  endforeach()
endmacro()

# jiebang_library(<name> [SOURCES <.cc>...] [TESTS <_test.cc>...] [DEPS <name>...] [TEST_DEPS <name>...])
# A static library, or an interface when it has no SOURCES. Its TESTS are one executable and one entry of ctest: asking it for its cases
# would cost a start of each at each build.
function(jiebang_library name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;TESTS;DEPS;TEST_DEPS")
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "jiebang_library(${name}): ${arg_UNPARSED_ARGUMENTS} belongs to no list")
  endif()
  jiebang_resolve_(deps ${arg_DEPS})
  jiebang_resolve_(test_deps ${arg_TEST_DEPS})

  set(target jiebang_${name})
  if(arg_SOURCES)
    set(scope PUBLIC)
    add_library(${target} STATIC ${arg_SOURCES})
    set_target_properties(${target} PROPERTIES UNITY_BUILD ${JIEBANG_UNITY} UNITY_BUILD_BATCH_SIZE 0)
  else()
    set(scope INTERFACE)
    add_library(${target} INTERFACE)
  endif()
  target_include_directories(${target} ${scope} ${PROJECT_SOURCE_DIR})
  target_link_libraries(${target} ${scope} ${deps})

  if(arg_TESTS)
    set(test ${target}_test)
    add_executable(${test} ${arg_TESTS})
    # In the folder of its library, so that bin/ holds only what is shipped.
    set_target_properties(${test} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_CURRENT_BINARY_DIR})
    set_target_properties(${test} PROPERTIES UNITY_BUILD ${JIEBANG_UNITY} UNITY_BUILD_BATCH_SIZE 0)
    # What is tested is optimised; its tests need not be.
    target_compile_options(${test} PRIVATE -O0)
    target_link_libraries(${test} PRIVATE ${target} ${test_deps} GTest::gmock_main)
    add_test(NAME ${name} COMMAND ${test} --gtest_brief=1)
    set_tests_properties(${name} PROPERTIES TIMEOUT 300)
  endif()
endfunction()

# jiebang_binary(<name> SOURCES <.cc>... [DEPS <name>...])
# A program in bin/ of the build tree.
function(jiebang_binary name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;DEPS")
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "jiebang_binary(${name}): ${arg_UNPARSED_ARGUMENTS} belongs to no list")
  endif()
  jiebang_resolve_(deps ${arg_DEPS})
  add_executable(${name} ${arg_SOURCES})
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR})
  target_link_libraries(${name} PRIVATE ${deps})
endfunction()

# jiebang_protos(<name> [ROOT <folder>] PROTOS <path below the root>... [DEPS <name>...])
# The C++ messages of one package, generated into gen/ of the build tree. No stubs: calls are dispatched by descriptor.
function(jiebang_protos name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "ROOT" "PROTOS;DEPS")
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "jiebang_protos(${name}): ${arg_UNPARSED_ARGUMENTS} belongs to no list")
  endif()
  if(NOT arg_ROOT)
    set(arg_ROOT ${PROJECT_SOURCE_DIR}/protos)
  endif()
  get_directory_property(googleapis DIRECTORY ${PROJECT_SOURCE_DIR}/protos DEFINITION JIEBANG_GOOGLEAPIS_ROOT)
  set(gen ${CMAKE_BINARY_DIR}/gen)
  set(deps_dir ${CMAKE_CURRENT_BINARY_DIR}/deps)
  file(MAKE_DIRECTORY ${gen} ${deps_dir})

  set(sources)
  foreach(proto IN LISTS arg_PROTOS)
    cmake_path(REMOVE_EXTENSION proto LAST_ONLY OUTPUT_VARIABLE stem)
    string(MAKE_C_IDENTIFIER ${stem} depfile)
    add_custom_command(
      OUTPUT ${gen}/${stem}.pb.cc ${gen}/${stem}.pb.h
      # The well-known types come from the protobuf that we link: the root of the Google APIs, which comes after it, holds copies of
      # a later version.
      COMMAND protobuf::protoc -I${arg_ROOT} -I${PROJECT_SOURCE_DIR}/protos -I${Protobuf_INCLUDE_DIR}
              -I${googleapis}
              --cpp_out=${gen} --dependency_out=${deps_dir}/${depfile}.d ${proto}
      DEPENDS ${arg_ROOT}/${proto}
      DEPFILE ${deps_dir}/${depfile}.d
      COMMENT "protoc ${proto}"
      VERBATIM)
    list(APPEND sources ${gen}/${stem}.pb.cc)
  endforeach()

  set(target jiebang_${name})
  jiebang_resolve_(deps ${arg_DEPS})
  add_library(${target}_archive STATIC ${sources})
  target_compile_options(${target}_archive PRIVATE -w)
  if(JIEBANG_FUZZ) # what protoc writes is not what is looked at, and its branches would drown what is
    target_compile_options(${target}_archive PRIVATE -fno-sanitize=all)
  endif()
  target_include_directories(${target}_archive SYSTEM PUBLIC ${gen})
  target_link_libraries(${target}_archive PUBLIC ${deps} protobuf::libprotobuf)

  # The whole archive, because the linker would drop a file that declares only a service: nothing names its symbols, and
  # its descriptor is what calls are dispatched by.
  add_library(${target} INTERFACE)
  target_link_libraries(${target} INTERFACE $<LINK_LIBRARY:WHOLE_ARCHIVE,${target}_archive>)
endfunction()
